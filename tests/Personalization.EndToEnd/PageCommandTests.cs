using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>How commands are found and filled in on the playground's page, and the threads at its left.</summary>
public sealed class PageCommandTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly HttpClient _bot = new();
    private readonly PlaygroundOptions _options = new();
    private PlaygroundHost? _playground;

    private string Channel => $"{_options.Guilds[0].Channels[0].Id}";

    public async ValueTask InitializeAsync()
    {
        _playground = await PlaygroundHost.StartAsync();
        _bot.BaseAddress = new Uri(_playground.Address, "/api/v10/");
        _bot.DefaultRequestHeaders.Add("User-Agent", "DiscordBot (tests, 1)");
        _bot.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", PlaygroundHost.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _bot.Dispose();
        await _playground!.DisposeAsync();
    }

    [Fact]
    public async Task Menu_commands_are_in_the_menus_of_messages_and_people_and_not_in_the_list()
    {
        await RegisterAsync("""[{"name":"quote","description":"x"},{"name":"quote","type":3},{"name":"Who is this","type":2}]""");
        var message = await SendAsync(HttpMethod.Post, $"channels/{Channel}/messages", """{"content":"to be quoted"}""");
        var page = await browser.OpenAsync(_playground!.Address.ToString());
        await page.GetByTestId("composer").PressSequentiallyAsync("/");
        await Assertions.Expect(page.Locator("[data-command]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");

        var quoted = await SentAsync(page, async () =>
        {
            await page.GetByText("to be quoted").HoverAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Apps for this message" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["quote"]);
            await page.Keyboard.PressAsync("Enter");
        });
        Assert.Equal(("quote", "3", message["id"]!.ToString()), (quoted["command"]!.ToString(), quoted["command_type"]!.ToString(), quoted["target"]!.ToString()));

        var asked = await SentAsync(page, async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Apps for Personalization" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Who is this" }).ClickAsync();
        });
        Assert.Equal(("Who is this", "2", $"{_options.Application.Id}"), (asked["command"]!.ToString(), asked["command_type"]!.ToString(), asked["target"]!.ToString()));
    }

    [Fact]
    public async Task Menu_buttons_are_only_where_the_bot_has_commands_for_them()
    {
        await RegisterAsync("""[{"name":"ping","description":"x"}]""");
        await SendAsync(HttpMethod.Post, $"channels/{Channel}/messages", """{"content":"hello"}""");
        var page = await browser.OpenAsync(_playground!.Address.ToString());

        await page.GetByText("hello").HoverAsync();
        await Assertions.Expect(page.Locator(".opens-menu:visible")).ToHaveCountAsync(0);
        await RegisterAsync("""[{"name":"Who","type":2}]""");
        await Assertions.Expect(page.Locator(".opens-menu:visible")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task People_channels_and_roles_are_chosen_from_lists_and_a_file_is_given()
    {
        await RegisterAsync("""
            [{"name":"pick","description":"x","options":[{"type":6,"name":"person","description":"x","required":true},{"type":7,"name":"place","description":"x","channel_types":[0]},
            {"type":8,"name":"role","description":"x"},{"type":9,"name":"any","description":"x"},{"type":11,"name":"file","description":"x"}]}]
            """);
        var page = await browser.OpenAsync($"{_playground!.Address}?person={_options.People[1].Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Studio" }).ClickAsync();
        await page.GetByTestId("composer").PressSequentiallyAsync("/pick ");
        var options = page.Locator("#options");
        await Assertions.Expect(options.Locator("[data-option=place] option")).ToHaveTextAsync(["", "#general", "#after-dark", "#curators"]);
        await Assertions.Expect(options.Locator("[data-option=role] option")).ToHaveTextAsync(["", "@everyone", "@Curators", "@Personalization"]);
        await Assertions.Expect(options.Locator("[data-option=any] option")).ToHaveTextAsync(["", "@Ada", "@Grace", "@Linus", "@Margaret", "@Personalization", "@everyone", "@Curators", "@Personalization"]);

        await options.Locator("[data-option=person]").SelectOptionAsync("@Linus");
        await options.Locator("[data-option=place]").SelectOptionAsync("#curators");
        await options.Locator("[data-option=role]").SelectOptionAsync("@Curators");
        await options.Locator("[data-option=file]").SetInputFilesAsync(new FilePayload { Name = "note.txt", MimeType = "text/plain", Buffer = "a note"u8.ToArray() });
        var sent = (await SentAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync()))["options"]!.AsObject();

        var studio = _options.Guilds[1];
        Assert.Equal(["person", "place", "role", "file"], sent.Select(option => option.Key));
        Assert.Equal([$"{_options.People[2].Id}", $"{studio.Channels[2].Id}", $"{studio.Roles[0].Id}"], sent.Take(3).Select(option => option.Value!.ToString()));
        Assert.Equal("""{"name":"note.txt","content_type":"text/plain","data":"YSBub3Rl"}""", sent["file"]!.ToJsonString());
        await Assertions.Expect(page.Locator("#command-chip")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task File_that_is_too_large_is_refused_before_it_is_sent_and_one_that_came_back_is_still_there()
    {
        await RegisterAsync("""[{"name":"pick","description":"x","options":[{"type":11,"name":"file","description":"x"},{"type":4,"name":"number","description":"x"}]}]""");
        var page = await browser.OpenAsync(_playground!.Address.ToString());
        await page.GetByTestId("composer").PressSequentiallyAsync("/pick ");
        var file = page.Locator("[data-option=file]");
        await file.SetInputFilesAsync(new FilePayload { Name = "large.bin", MimeType = "application/octet-stream", Buffer = new byte[(10 * 1024 * 1024) + 1] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.GetByText("file: takes a file of at most 10 MiB")).ToBeVisibleAsync();

        await file.SetInputFilesAsync(new FilePayload { Name = "small.txt", MimeType = "text/plain", Buffer = "x"u8.ToArray() });
        await page.Locator("[data-option=number]").FillAsync("1.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.GetByText("number takes a whole number.")).ToBeVisibleAsync();
        Assert.Equal("small.txt", await file.EvaluateAsync<string>("field => field.files[0].name"));
    }

    [Fact]
    public async Task Select_of_people_offers_those_who_are_here()
    {
        await SendAsync(HttpMethod.Post, $"channels/{Channel}/messages", """{"content":"x","components":[{"type":1,"components":[{"type":5,"custom_id":"people"}]}]}""");
        var page = await browser.OpenAsync(_playground!.Address.ToString());

        var sent = await SentAsync(page, () => page.Locator("[data-custom-id=people]").SelectOptionAsync("@Grace"));

        Assert.Equal($"{_options.People[1].Id}", Assert.Single(sent["values"]!.AsArray())!.ToString());
    }

    [Fact]
    public async Task Threads_appear_and_are_renamed_on_the_open_page()
    {
        var page = await browser.OpenAsync($"{_playground!.Address}?person={_options.People[2].Id}");
        await Assertions.Expect(page.Locator("#channels button")).ToHaveTextAsync(["# pictures", "# lounge"]);

        var thread = await SendAsync(HttpMethod.Post, $"channels/{Channel}/threads", """{"name":"talk","type":11}""");
        await Assertions.Expect(page.Locator("#channels button")).ToHaveTextAsync(["# pictures", "↳ talk", "# lounge"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "talk" }).ClickAsync();
        await SendAsync(HttpMethod.Patch, $"channels/{thread["id"]}", """{"name":"speech"}""");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("# speech");

        // A private one comes with what was said in it, and goes with its membership.
        var secret = await SendAsync(HttpMethod.Post, $"channels/{Channel}/threads", """{"name":"secret","type":12}""");
        await SendAsync(HttpMethod.Post, $"channels/{secret["id"]}/messages", """{"content":"said before"}""");
        await SendAsync(HttpMethod.Put, $"channels/{secret["id"]}/thread-members/{_options.People[2].Id}", "{}");
        await page.GetByRole(AriaRole.Button, new() { Name = "secret" }).ClickAsync();
        await Assertions.Expect(page.GetByText("said before")).ToBeVisibleAsync();
        await SendAsync(HttpMethod.Delete, $"channels/{secret["id"]}/thread-members/{_options.People[2].Id}", "{}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("# pictures");
    }

    private static async Task<JsonObject> SentAsync(IPage page, Func<Task> act)
    {
        var request = await page.RunAndWaitForRequestAsync(act, "**/playground/interactions");
        return JsonNode.Parse(request.PostData!)!.AsObject();
    }

    private Task<JsonObject> RegisterAsync(string commands) => SendAsync(HttpMethod.Put, $"applications/{_options.Application.Id}/commands", commands);

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(JsonNode.Parse(body)) };
        using var response = await _bot.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
    }
}
