internal import HelpdeskAPI
internal import HelpdeskCore
public import Terminal

/// The frame that shows a model. Pure; lays out what is in sight and no more.
public func view(_ model: Model) -> CellGrid {
    var grid = CellGrid(size: model.size)
    let panes = model.panes
    HeaderView(model).paint(panes.header, into: &grid)
    if let area = panes.queue { QueueView(model).paint(area, into: &grid) }
    if let area = panes.thread { ThreadView(model).paint(area, panes, into: &grid) }
    if let area = panes.customer { CustomerView(model).paint(area, into: &grid) }
    for fence in panes.fences { grid.line(down: fence, style: Look.fence) }
    if let area = panes.composer { ComposerView(model).paint(area, panes, into: &grid) }
    OverlayView(model).paint(panes, into: &grid)
    FooterView(model).paint(panes.footer, into: &grid)
    grid.wear(model.settings.theme, model.settings.colours)
    return grid
}
