internal import Mustache

/// The survey's pages as templates; every value is escaped by the engine.
enum SurveyTemplates {
    /// Nil only if the text below is broken, which a test would say.
    static let form = try? MustacheTemplate(string: formText)
    static let notice = try? MustacheTemplate(string: noticeText)

    private static let head = """
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <meta name="referrer" content="no-referrer">
        <title>{{title}}</title>
        <style>\(SurveyStyle.text)</style>
        """

    private static let formText = """
        <!doctype html>
        <html lang="{{language}}" dir="{{direction}}">
        <head>
        \(head)
        </head>
        <body>
        <main>
        <h1>{{title}}</h1>
        {{#said}}<p class="said" role="status">{{said}}</p>{{/said}}
        {{#wrong}}<p class="wrong" role="alert" id="wrong">{{wrong}}</p>{{/wrong}}
        <form method="post" action="{{token}}">
        <fieldset{{#wrong}} aria-describedby="wrong"{{/wrong}}>
        <legend>{{question}}</legend>
        <div{{#few}} class="few"{{/few}}>
        {{#scores}}<label class="score"><input type="radio" name="score" value="{{value}}" required{{#chosen}} checked{{/chosen}}> <span>{{text}}</span></label>
        {{/scores}}</div>
        </fieldset>
        <label class="comment" for="comment">{{comment}}</label>
        <textarea id="comment" name="comment" maxlength="4000" dir="auto">{{written}}</textarea>
        <button type="submit">{{send}}</button>
        </form>
        {{#stop}}<form method="post" action="{{token}}" class="stop"><button type="submit" name="stop" value="1" class="plain">{{stop}}</button></form>
        {{/stop}}
        {{#brand}}<p class="brand">{{brand}}</p>{{/brand}}
        </main>
        </body>
        </html>
        """

    private static let noticeText = """
        <!doctype html>
        <html lang="en">
        <head>
        \(head)
        </head>
        <body>
        <main>
        {{#notices}}<p lang="{{language}}" dir="{{direction}}">{{text}}</p>
        {{/notices}}</main>
        </body>
        </html>
        """
}
