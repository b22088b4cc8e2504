internal import ArgumentParser

struct TicketCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ticket", abstract: "Read, answer and steer tickets.",
        subcommands: [
            TicketList.self, TicketShow.self, TicketHistory.self, TicketExplain.self,
            TicketNew.self, TicketReply.self, TicketNote.self, TicketAssign.self, TicketTake.self,
            TicketUnassign.self, TicketTransfer.self, TicketClose.self, TicketReopen.self,
            TicketPending.self, TicketSnooze.self, TicketPromise.self, TicketTag.self,
            TicketPriorityCommand.self,
            TicketSpam.self, TicketNotSpam.self, TicketJoin.self, TicketParticipant.self,
            TicketMergeCommand.self, TicketSplitCommand.self, TicketUndo.self,
            TicketWatch.self, TicketUnwatch.self, TicketRemind.self,
        ])
}
