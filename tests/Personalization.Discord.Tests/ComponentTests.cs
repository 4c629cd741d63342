using System.Text.Json;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.DiscordClient;
using Personalization.DiscordClient.Rest;

namespace Personalization.Discord.Tests;

public sealed class ComponentTests
{
    /// <summary>What Discord takes no more of, and the number it says so with.</summary>
    public static TheoryData<string, Func<object>, string> Limits => new()
    {
        { "custom id", () => Button.Primary(Long(101), "a"), "101 characters; Discord takes 1 to 100" },
        { "custom id", () => Button.Primary("", "a"), "0 characters; Discord takes 1 to 100" },
        { "button's label", () => Button.Primary("a", Long(81)), "81 characters; Discord takes 1 to 80" },
        { "button's address", () => Button.Link(new Uri($"https://example.org/{Long(513)}"), "a"), "Discord takes 1 to 512" },
        { "row of buttons", () => new ActionRow([.. Enumerable.Repeat(AButton, 6)]), "6 items; Discord takes 1 to 5" },
        { "row of buttons", () => new ActionRow([]), "0 items; Discord takes 1 to 5" },
        { "media gallery", () => new MediaGallery([.. Enumerable.Repeat(new MediaGalleryItem("a.png", ""), 11)]), "11 items; Discord takes 1 to 10" },
        { "picture's description", () => new MediaGalleryItem("a.png", Long(1025)), "1025 characters; Discord takes 0 to 1024" },
        { "select menu", () => new StringSelect("a", [.. Enumerable.Repeat(new SelectOption("a", "a"), 26)]), "26 items; Discord takes 1 to 25" },
        { "select option's label", () => new SelectOption(Long(101), "a"), "101 characters; Discord takes 1 to 100" },
        { "section", () => new Section([.. Enumerable.Repeat(new TextDisplay("a"), 4)], AButton), "4 items; Discord takes 1 to 3" },
        { "container", () => new Container([]), "0 items; Discord takes 1 to 40" },
        { "accent colour", () => new Container([AButton], 0x1000000), "16777216; Discord takes 0 to 16777215" },
        { "modal's title", () => new Modal("a", Long(46), [AField]), "46 characters; Discord takes 1 to 45" },
        { "modal", () => new Modal("a", "a", [.. Enumerable.Repeat(AField, 6)]), "6 items; Discord takes 1 to 5" },
        { "field's label", () => new Label(Long(46), new TextInput("a", "")), "46 characters; Discord takes 1 to 45" },
        { "field's text", () => new TextInput("a", Long(4001)), "4001 characters; Discord takes 0 to 4000" },
        { "message's text", () => new TextDisplay(Long(4001)), "4001 characters; Discord takes 1 to 4000" },
        { "choice's name", () => CommandChoice.Of(Long(101), 1), "101 characters; Discord takes 1 to 100" },
        { "components", () => Checked(Body([.. Enumerable.Range(0, 13).Select(_ => new Container([new ActionRow([AButton])])), new TextDisplay("a"), new TextDisplay("b")])), "41 items; Discord takes 1 to 40" },
        { "components", () => Checked(Body([])), "0 items; Discord takes 1 to 40" },
        { "message's text", () => Checked(Body([new TextDisplay(Long(2001)), new Container([new TextDisplay(Long(2000))])])), "4001; Discord takes 0 to 4000" },
        { "files", () => Checked(Body([AButton]) with { Files = [.. Enumerable.Repeat(new MessageFile("a", default, "text/plain"), 11)] }), "11 items; Discord takes 0 to 10" },
    };

    private static Button AButton => Button.Primary("a", "a");

    private static Label AField => new("a", new TextInput("a", ""));

    [Theory]
    [MemberData(nameof(Limits))]
    public void Components_reject_what_Discord_would_refuse_and_name_the_limit(string what, Func<object> make, string limit)
    {
        var refusal = Assert.Throws<ArgumentException>(make);

        Assert.Contains(what, refusal.Message);
        Assert.Contains(limit, refusal.Message);
    }

    [Fact]
    public void Message_holds_forty_components_and_four_thousand_characters()
    {
        Body([.. Enumerable.Range(0, 13).Select(_ => new Container([new ActionRow([AButton])])), new TextDisplay(Long(4000))]).Check();
    }

    [Fact]
    public void Components_are_written_as_Discord_documents_them()
    {
        var body = Body(
        [
            new Container([new TextDisplay("é **b**"), new Separator(), new Section([new TextDisplay("a")], AButton)], 0xFF8800),
            new MediaGallery([new MediaGalleryItem("grid.png", "a door")]),
            new ActionRow([Button.Secondary("s", "S", "🔄") with { Disabled = true }, Button.Success("ok", "OK"), Button.Danger("no", "No"), Button.Link(new Uri("https://example.org/a"), "More")]),
            new ActionRow(new StringSelect("model", [new SelectOption("Six", "6.0") { Default = true }, new SelectOption("Draft", "draft")], "Which?")),
        ]);

        var json = JsonSerializer.SerializeToElement(MessageJson.Payload(body), DiscordJson.Options).GetProperty("components").EnumerateArray().Select(component => component.GetRawText());

        Assert.Equal(
            [
                """{"type":17,"components":[{"type":10,"content":"é **b**"},{"type":14,"divider":true},{"type":9,"components":[{"type":10,"content":"a"}],"accessory":{"type":2,"style":1,"custom_id":"a","label":"a"}}],"accent_color":16746496}""",
                """{"type":12,"items":[{"media":{"url":"attachment://grid.png"},"description":"a door"}]}""",
                """{"type":1,"components":[{"type":2,"style":2,"custom_id":"s","label":"S","emoji":{"name":"\uD83D\uDD04"},"disabled":true},{"type":2,"style":3,"custom_id":"ok","label":"OK"},{"type":2,"style":4,"custom_id":"no","label":"No"},{"type":2,"style":5,"url":"https://example.org/a","label":"More"}]}""",
                """{"type":1,"components":[{"type":3,"custom_id":"model","options":[{"label":"Six","value":"6.0","default":true},{"label":"Draft","value":"draft"}],"placeholder":"Which?"}]}""",
            ],
            json);
    }

    private static MessageBody Checked(MessageBody body)
    {
        body.Check();
        return body;
    }

    private static string Long(int length) => new('x', length);

    private static MessageBody Body(IReadOnlyList<MessageComponent> components) => new() { Components = components };
}
