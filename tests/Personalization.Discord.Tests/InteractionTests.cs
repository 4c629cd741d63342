using System.Text.Json;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;
using Personalization.DiscordClient.Interactions;

namespace Personalization.Discord.Tests;

public sealed class InteractionTests
{
    private const string Callback = "/interactions/31/interaction.token/callback?with_response=true";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interaction_of_a_guild_command_has_user_place_and_options()
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read(Events.Command(31, """[{"type":3,"name":"prompt","value":"a red door"},{"type":4,"name":"count","value":4},{"type":6,"name":"who","value":"1234567890123456789"}]"""))!;

        Assert.Equal(InteractionKind.Command, interaction.Kind);
        Assert.Equal("imagine", interaction.Name);
        Assert.Equal(new DiscordUser(5, "ada", "Ada"), interaction.User);
        Assert.Equal(new InteractionHandle(31, 9, "interaction.token", 8, 7, DateTimeOffset.UnixEpoch), interaction.Handle);
        Assert.Equal("a red door", interaction.Text("prompt"));
        Assert.Null(interaction.Text("absent"));
        Assert.Equal(4, interaction.Number("count"));
        Assert.Null(interaction.Number("prompt"));
        Assert.Equal(1234567890123456789UL, interaction.Id("who"));
        Assert.Equal(1000, interaction.AttachmentSizeLimit);
        Assert.Equal("de", interaction.Locale);
        Assert.Null(interaction.Message);
        Assert.Empty(interaction.Values);
    }

    [Theory]
    [InlineData("\"type\":0,\"nsfw\":true", true, null, false)]
    [InlineData("\"type\":0,\"nsfw\":false,\"parent_id\":\"6\"", false, null, false)]
    [InlineData("\"type\":0", false, null, false)]
    [InlineData("\"type\":10,\"parent_id\":\"6\"", null, 6UL, false)]
    [InlineData("\"type\":11,\"parent_id\":\"6\"", null, 6UL, false)]
    [InlineData("\"type\":12,\"parent_id\":\"6\"", null, 6UL, true)]
    [InlineData("\"type\":11,\"nsfw\":false", false, null, false)]
    public async Task Interaction_has_whether_its_channel_is_age_restricted_and_the_parent_of_a_thread(string channel, bool? isForAdults, ulong? parent, bool isPrivate)
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read($$$"""{"id":"31","application_id":"9","type":2,"token":"t","channel_id":"8","channel":{"id":"8",{{{channel}}}},"guild_id":"7","context":0,"member":{"user":{"id":"5","username":"ada","global_name":null}},"data":{"id":"1","name":"rank","type":1}}""")!;

        Assert.Equal((isForAdults, parent, isPrivate), (interaction.IsAgeRestricted, interaction.ThreadParentId, interaction.IsInPrivateThread));
    }

    [Fact]
    public async Task Interaction_in_a_direct_message_has_a_user_and_no_guild()
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read("""{"id":"31","application_id":"9","type":2,"token":"t","channel_id":"8","context":1,"user":{"id":"5","username":"ada","global_name":null},"authorizing_integration_owners":{"1":"5"},"data":{"id":"1","name":"rank","type":1}}""")!;

        Assert.Equal(new DiscordUser(5, "ada", null), interaction.User);
        Assert.Null(interaction.Handle.GuildId);
        Assert.Equal(10 * 1024 * 1024, interaction.AttachmentSizeLimit);
        Assert.Null(interaction.Locale);
        Assert.True(interaction.CanPostToChannel);
    }

    [Theory]
    // Installed by the server, and allowed to see and send.
    [InlineData(0, "3072", "7", "{\"type\":0}", true)]
    [InlineData(0, "1024", "7", "{\"type\":0}", false)]
    // In a thread another permission counts.
    [InlineData(0, "3072", "7", "{\"type\":11}", false)]
    [InlineData(0, "274877907968", "7", "{\"type\":11}", true)]
    // Brought by a person to a server or a conversation of others.
    [InlineData(0, "3072", null, "{\"type\":0}", false)]
    [InlineData(2, "3072", null, "{\"type\":3}", false)]
    public async Task Interaction_permission_to_post_follows_from_the_installation(int context, string permissions, string? serverOwner, string channel, bool canPost)
    {
        await using var fixture = await Fixture.StartAsync();
        var owners = serverOwner is null ? """{"1":"5"}""" : $$"""{"0":"{{serverOwner}}"}""";

        var interaction = fixture.Read($$$"""{"id":"31","application_id":"9","type":2,"token":"t","channel_id":"8","guild_id":"7","context":{{{context}}},"channel":{{{channel}}},"app_permissions":"{{{permissions}}}","member":{"user":{"id":"5","username":"ada"}},"authorizing_integration_owners":{{{owners}}},"data":{"id":"1","name":"rank","type":1}}""")!;

        Assert.Equal(canPost, interaction.CanPostToChannel);
    }

    [Fact]
    public async Task Interaction_of_a_press_has_its_button_values_and_message()
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read("""{"id":"31","application_id":"9","type":3,"token":"t","channel_id":"8","user":{"id":"5","username":"ada"},"message":{"id":"77","flags":64,"components":[]},"data":{"component_type":3,"custom_id":"model","values":["6.0","draft"]}}""")!;

        Assert.Equal(InteractionKind.Component, interaction.Kind);
        Assert.Equal("model", interaction.Name);
        Assert.Equal(["6.0", "draft"], interaction.Values);
        Assert.Equal((77UL, true), (interaction.Message!.Id, interaction.Message.IsEphemeral));
    }

    [Theory]
    [InlineData("""{"type":18,"component":{"type":4,"custom_id":"prompt","value":"a blue door"}}""")]
    [InlineData("""{"type":1,"components":[{"type":4,"custom_id":"prompt","value":"a blue door"}]}""")]
    public async Task Interaction_finds_the_fields_of_a_modal_in_labels_and_rows(string component)
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read($$$"""{"id":"31","application_id":"9","type":5,"token":"t","user":{"id":"5","username":"ada"},"data":{"custom_id":"edited","components":[{{{component}}}]}}""")!;

        Assert.Equal((InteractionKind.Modal, "edited", "a blue door"), (interaction.Kind, interaction.Name, interaction.Text("prompt")));
    }

    [Fact]
    public async Task Interaction_of_an_autocompletion_names_the_focused_option()
    {
        await using var fixture = await Fixture.StartAsync();

        var interaction = fixture.Read("""{"id":"31","application_id":"9","type":4,"token":"t","user":{"id":"5","username":"ada"},"data":{"id":"1","name":"imagine","options":[{"type":3,"name":"prompt","value":"a"},{"type":3,"name":"style","value":"wat","focused":true}]}}""")!;

        Assert.Equal((InteractionKind.Autocomplete, "imagine", "style", "wat"), (interaction.Kind, interaction.Name, interaction.Focused, interaction.Text("style")));
    }

    [Fact]
    public async Task Interaction_reply_is_a_message_with_its_files()
    {
        await using var fixture = await Fixture.StartAsync();

        var message = await fixture.Interaction.ReplyAsync(Body with { Ephemeral = true, Files = [new("a.png", new byte[] { 1 }, "image/png")] }, Cancellation);

        var call = await fixture.CallbackAsync();
        Assert.Equal(77UL, message!.Id);
        Assert.Single(call.Files);
        Assert.Equal(
            """{"type":4,"data":{"components":[{"type":10,"content":"hello"}],"flags":32832,"allowed_mentions":{"parse":[]},"attachments":[{"id":"0","filename":"a.png"}]}}""",
            call.Json.GetRawText());
    }

    [Fact]
    public async Task Interaction_update_replaces_the_files_of_the_message()
    {
        await using var fixture = await Fixture.StartAsync();

        await fixture.Interaction.UpdateAsync(Body with { Files = [new("a.png", new byte[] { 1 }, "image/png")] }, Cancellation);

        var call = await fixture.CallbackAsync();
        Assert.Equal(7, call.Json.GetProperty("type").GetInt32());
        Assert.Equal(1, call.Json.GetProperty("data").GetProperty("attachments").GetArrayLength());
        Assert.Single(call.Files);
    }

    [Theory]
    [InlineData(false, """{"type":5}""")]
    [InlineData(true, """{"type":5,"data":{"flags":64}}""")]
    public async Task Interaction_deferral_returns_the_message_to_edit(bool ephemeral, string json)
    {
        await using var fixture = await Fixture.StartAsync();

        var message = await fixture.Interaction.DeferAsync(ephemeral, Cancellation);

        Assert.Equal(77UL, message!.Id);
        Assert.Equal(json, (await fixture.CallbackAsync()).Json.GetRawText());
    }

    [Fact]
    public async Task Interaction_press_is_acknowledged_without_a_change()
    {
        await using var fixture = await Fixture.StartAsync(new Answer(204));

        await fixture.Interaction.DeferUpdateAsync(Cancellation);

        Assert.Equal("""{"type":6}""", (await fixture.CallbackAsync()).Json.GetRawText());
    }

    [Fact]
    public async Task Interaction_suggestions_are_texts_or_numbers()
    {
        await using var fixture = await Fixture.StartAsync();

        await fixture.Interaction.CompleteAsync([CommandChoice.Of("Watercolour", "watercolour"), CommandChoice.Of("Four", 4)], Cancellation);

        Assert.Equal(
            """{"type":8,"data":{"choices":[{"name":"Watercolour","value":"watercolour"},{"name":"Four","value":4}]}}""",
            (await fixture.CallbackAsync()).Json.GetRawText());
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Interaction.CompleteAsync([.. Enumerable.Repeat(CommandChoice.Of("a", 1), 26)], Cancellation));
    }

    [Fact]
    public async Task Interaction_opens_a_modal_with_labelled_fields()
    {
        await using var fixture = await Fixture.StartAsync();

        await fixture.Interaction.ShowModalAsync(new Modal("edited", "Edit", [new Label("Prompt", new TextInput("prompt", "a door")), new Label("Name", TextInput.Line("name", "") with { Required = false, MaxLength = 20 })]), Cancellation);

        Assert.Equal(
            """{"type":9,"data":{"custom_id":"edited","title":"Edit","components":[{"type":18,"label":"Prompt","component":{"type":4,"custom_id":"prompt","style":2,"value":"a door","max_length":4000,"required":true}},{"type":18,"label":"Name","component":{"type":4,"custom_id":"name","style":1,"value":"","max_length":20,"required":false}}]}}""",
            (await fixture.CallbackAsync()).Json.GetRawText());
    }

    private static MessageBody Body { get; } = new() { Components = [new TextDisplay("hello")] };

    private sealed class Fixture : IAsyncDisposable
    {
        private readonly DiscordStandIn _discord;
        private readonly Bot _bot;

        private Fixture(DiscordStandIn discord)
        {
            _discord = discord;
            _bot = Bot.Create(discord);
            Interaction = Read(Events.Command(31))!;
        }

        public Interaction Interaction { get; }

        public static async Task<Fixture> StartAsync(Answer? answer = null)
        {
            var discord = await DiscordStandIn.StartAsync();
            discord.On("POST", Callback, answer ?? new Answer(200, """{"interaction":{"id":"31","type":2},"resource":{"type":4,"message":{"id":"77"}}}"""));
            return new(discord);
        }

        public Interaction? Read(string json) => GatewayInteraction.Read(JsonSerializer.Deserialize<JsonElement>(json), _bot.Rest, DateTimeOffset.UnixEpoch);

        public Task<RecordedCall> CallbackAsync() => _discord.CallAsync("POST", Callback);

        public async ValueTask DisposeAsync()
        {
            await _bot.DisposeAsync();
            await _discord.DisposeAsync();
        }
    }
}
