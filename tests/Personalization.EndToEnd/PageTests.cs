using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Personalization.Playground;
using SkiaSharp;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The playground's page in a real browser, with messages that no bot answers.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private readonly HttpClient _bot = new();
    private readonly string _channel = $"{new PlaygroundOptions().Guilds[0].Channels[0].Id}";
    private PlaygroundHost? _playground;

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
    public async Task Newest_message_is_in_view_after_a_reload_with_many_pictures()
    {
        var message = Gallery("0");
        for (var i = 1; i < 10; i++)
        {
            message["components"]!.AsArray().Add(Gallery($"{i}")["components"]![0]!.DeepClone());
        }

        await PostAsync(message, 10);
        await PostAsync(message, 10);

        await PostAsync(new JsonObject { ["content"] = "the newest" }, 0);
        var page = await OpenAsync();
        var isDrawn = new TaskCompletionSource();
        await page.RouteAsync("**/cdn/**", async route =>
        {
            await isDrawn.Task;
            await route.ContinueAsync();
        });
        var state = page.WaitForResponseAsync(response => response.Url.Contains("/playground/state", StringComparison.Ordinal));
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await state;
        await Assertions.Expect(page.GetByText("the newest")).ToBeInViewportAsync();

        isDrawn.SetResult();

        await page.WaitForFunctionAsync("() => { const late = [...document.querySelectorAll('.gallery img')].slice(-2); return late.length && late.every(image => image.complete && image.naturalWidth); }");
        await Assertions.Expect(page.GetByText("the newest")).ToBeInViewportAsync();
        var room = await page.Locator(".gallery img").First.EvaluateAsync<double>("image => image.clientWidth / image.clientHeight");
        Assert.Equal(2, room, 0.1);
    }

    [Fact]
    public async Task Opened_page_draws_each_message_once_and_a_command_before_it_stays_in_the_box()
    {
        await PostAsync(Gallery("0"), 1);
        var page = await OpenAsync();
        await page.AddInitScriptAsync("new MutationObserver(changes => window.drawn = (window.drawn ?? 0) + changes.flatMap(change => [...change.addedNodes]).filter(node => node.matches?.('article')).length).observe(document, { childList: true, subtree: true });");
        var isAnswered = new TaskCompletionSource();
        await page.RouteAsync("**/playground/state*", async route =>
        {
            await isAnswered.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        var composer = page.GetByTestId("composer");
        await composer.FillAsync("too early");
        await composer.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#hint.wrong")).ToContainTextAsync("not answered yet");
        await Assertions.Expect(composer).ToHaveValueAsync("too early");

        isAnswered.SetResult();
        await Assertions.Expect(page.Locator(".gallery img")).ToHaveCountAsync(1);
        await page.EvaluateAsync("() => fetch('/playground/state')");

        Assert.Equal(1, await page.EvaluateAsync<int>("window.drawn"));
    }

    [Fact]
    public async Task Command_list_scrolls_to_the_chosen_command_and_is_a_combobox()
    {
        await RegisterAsync([.. Enumerable.Range(10, 30).Select(i => $"command{i}")]);
        var page = await OpenAsync();
        var composer = page.GetByRole(AriaRole.Combobox, new() { Name = "Message" });
        await Assertions.Expect(composer).ToHaveAttributeAsync("aria-expanded", "false");

        await composer.PressSequentiallyAsync("/");
        await Assertions.Expect(page.Locator("[data-command]")).ToHaveCountAsync(30);
        await page.Keyboard.PressAsync("ArrowUp");

        await Assertions.Expect(composer).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(composer).ToHaveAttributeAsync("aria-activedescendant", "command-command39");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("#command-command39")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task Places_at_the_left_lead_to_their_own_messages_and_commands()
    {
        await RegisterAsync(["ping"]);
        var page = await OpenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("# pictures");
        await PostAsync(new JsonObject { ["content"] = "in the first channel" }, 0);
        await Assertions.Expect(page.GetByText("in the first channel")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Studio" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "after-dark" }).ClickAsync();
        await Assertions.Expect(page.GetByText("in the first channel")).ToHaveCountAsync(0);
        await page.GetByTestId("composer").FillAsync("to adults");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("article").GetByText("to adults")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Elsewhere" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The bot has no commands for you here.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Direct messages" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("@ Personalization");
        await page.GetByTestId("composer").PressSequentiallyAsync("/");
        await Assertions.Expect(page.Locator("[data-command]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Option_takes_what_the_bot_suggests_for_it()
    {
        var option = new { type = 3, name = "word", description = "Any", autocomplete = true };
        await RegisterAsync([new { name = "find", description = "Finds", options = new[] { option } }]);
        var page = await OpenAsync();
        var asked = new List<string?>();
        await page.RouteAsync("**/playground/interactions?wait=true", async route =>
        {
            asked.Add(JsonNode.Parse(route.Request.PostData!)!["options"]!["word"]!.ToString());
            await route.FulfillAsync(new() { Json = new { choices = new[] { new { name = "One", value = "1" }, new { name = "Two", value = "2" } } } });
        });

        await page.GetByTestId("composer").PressSequentiallyAsync("/find ");
        await page.Keyboard.TypeAsync("t");
        await Assertions.Expect(page.Locator("[data-choice]")).ToHaveTextAsync(["One", "Two"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-option=word]")).ToHaveValueAsync("2");
        await Assertions.Expect(page.Locator("[data-choice]")).ToHaveCountAsync(0);
        Assert.Equal(["t"], asked);
    }

    [Fact]
    public async Task Text_typed_while_a_command_is_on_its_way_stays_and_a_refused_one_comes_back()
    {
        await RegisterAsync(["ping"]);
        var page = await OpenAsync();
        var sent = new TaskCompletionSource();
        await page.RouteAsync("**/playground/interactions", async route =>
        {
            await sent.Task;
            await route.ContinueAsync();
        });
        var composer = page.GetByTestId("composer");
        await composer.PressSequentiallyAsync("/ping");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("next");

        await page.RunAndWaitForResponseAsync(
            () =>
            {
                sent.SetResult();
                return Task.CompletedTask;
            },
            "**/playground/interactions");
        await Assertions.Expect(composer).ToHaveValueAsync("next");

        var tooLong = new string('x', 2001);
        await composer.FillAsync(tooLong);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#hint.wrong")).ToBeVisibleAsync();
        await Assertions.Expect(composer).ToHaveValueAsync(tooLong);
    }

    [Fact]
    public async Task Pair_is_as_large_as_the_window_allows_with_its_buttons_in_view()
    {
        await PostAsync(Pair("first"), 2);
        var page = await OpenAsync();
        var sides = new List<double>();
        foreach (var (width, height) in ((int, int)[])[(900, 600), (1500, 1100)])
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ReloadAsync();
            var right = page.GetByRole(AriaRole.Button, new() { Name = "Right" }).And(page.Locator(".button"));
            await Assertions.Expect(right).ToBeInViewportAsync(new() { Ratio = 1 });
            await Assertions.Expect(page.Locator(".gallery img").First).ToBeInViewportAsync(new() { Ratio = 0.9f });
            sides.Add((await page.Locator(".gallery img").First.BoundingBoxAsync())!.Width);
        }

        Assert.True(sides[1] > 1.4 * sides[0], string.Join(", ", sides));
    }

    [Fact]
    public async Task Pair_is_voted_on_by_keys_which_keep_the_focus_and_leave_text_alone()
    {
        var message = await PostAsync(Pair("first"), 2);
        var page = await OpenAsync();
        var pressed = new List<string>();
        page.Request += (_, request) => pressed.AddRange(request.PostData is { } data ? [JsonNode.Parse(data)!["custom_id"]!.ToString()] : Array.Empty<string>());
        Assert.Equal(["Left: a cat", "Right: a dog"], await page.Locator(".gallery img").EvaluateAllAsync<string[]>("images => images.map(image => image.alt)"));

        var left = page.GetByRole(AriaRole.Button, new() { Name = "Left" }).And(page.Locator(".button"));
        await left.FocusAsync();
        Assert.Equal("left:first", await PressedAsync(page, "Enter"));
        await Assertions.Expect(left).ToBeFocusedAsync();

        await AnswerAsync("second");
        await Assertions.Expect(left).ToBeFocusedAsync();
        Assert.Equal("right:second", await PressedAsync(page, "2"));

        // It waits for the bot: no second answer to the same pair.
        await page.Keyboard.PressAsync("1");
        await AnswerAsync("third");
        Assert.Equal("left:third", await PressedAsync(page, "ArrowLeft"));

        await AnswerAsync("fourth");
        var composer = page.GetByTestId("composer");
        await composer.FocusAsync();
        Assert.Equal("skip:fourth", await PressedAsync(page, "3"));
        await page.Keyboard.TypeAsync("the 3 of 1");
        await Assertions.Expect(composer).ToHaveValueAsync("the 3 of 1");
        Assert.Equal(["left:first", "right:second", "left:third", "skip:fourth"], pressed);

        async Task AnswerAsync(string name)
        {
            using var response = await _bot.PatchAsJsonAsync($"channels/{_channel}/messages/{message["id"]}", Pair(name));
            response.EnsureSuccessStatusCode();
            await Assertions.Expect(left).ToHaveAttributeAsync("data-custom-id", $"left:{name}");
        }
    }

    [Fact]
    public async Task First_page_shows_a_picture_and_three_commands_to_begin_with()
    {
        await RegisterAsync(["rank", "imagine", "explore", "taste"]);
        var page = await OpenAsync();

        await Assertions.Expect(page.Locator(".welcome button")).ToHaveCountAsync(3);
        Assert.True(await page.Locator(".welcome img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 100)"));
        var request = await page.RunAndWaitForRequestAsync(() => page.Locator("[data-start=explore]").ClickAsync(), "**/playground/interactions");
        Assert.Equal("explore", JsonNode.Parse(request.PostData!)!["command"]!.ToString());
    }

    [Fact]
    public async Task Code_within_a_line_breaks_only_where_a_whole_line_is_too_narrow_for_it()
    {
        var words = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"{new string('w', i % 9)} `--p` `--ar 16:9`"));
        await PostAsync(new JsonObject { ["content"] = $"{words} `--p {new string('k', 300)}`" }, 0);
        var page = await OpenAsync();
        await page.SetViewportSizeAsync(360, 800);
        var codes = page.Locator(".markdown code");
        await Assertions.Expect(codes).ToHaveCountAsync(81);

        var lines = await codes.EvaluateAllAsync<int[]>("codes => codes.map(code => { const text = document.createRange(); text.selectNodeContents(code); return new Set([...text.getClientRects()].map(line => line.top)).size; })");

        Assert.All(lines[..^1], line => Assert.Equal(1, line));
        Assert.True(lines[^1] > 1);
        Assert.True(await codes.Last.EvaluateAsync<bool>("code => code.getBoundingClientRect().right <= code.closest('.markdown').getBoundingClientRect().right"));
    }

    /// <summary>The custom id of the button that a key presses.</summary>
    private static async Task<string> PressedAsync(IPage page, string key)
    {
        var request = await page.RunAndWaitForRequestAsync(() => page.Keyboard.PressAsync(key), "**/playground/interactions");
        return JsonNode.Parse(request.PostData!)!["custom_id"]!.ToString();
    }

    private static JsonObject Gallery(params string[] descriptions) => new()
    {
        ["flags"] = 1 << 15,
        ["components"] = new JsonArray(new JsonObject
        {
            ["type"] = 12,
            ["items"] = new JsonArray([.. descriptions.Select((text, i) => new JsonObject { ["media"] = new JsonObject { ["url"] = $"attachment://{(descriptions.Length == 1 ? text : $"{i}")}.png" }, ["description"] = text })]),
        }),
    };

    private static JsonObject Pair(string name)
    {
        var pair = Gallery("Left: a cat", "Right: a dog");
        pair["components"]!.AsArray().Add(new JsonObject
        {
            ["type"] = 1,
            ["components"] = new JsonArray(Button("left", "Left", "⬅️"), Button("right", "Right", "➡️"), Button("skip", "Skip", "⏭️")),
        });
        return pair;

        JsonObject Button(string verb, string label, string emoji) =>
            new() { ["type"] = 2, ["style"] = 1, ["custom_id"] = $"{verb}:{name}", ["label"] = label, ["emoji"] = new JsonObject { ["name"] = emoji } };
    }

    private Task<IPage> OpenAsync() => browser.OpenAsync(_playground!.Address.ToString());

    private Task RegisterAsync(IReadOnlyList<string> names) => RegisterAsync([.. names.Select(name => new { name, description = "A command", type = 1 })]);

    private async Task RegisterAsync(IReadOnlyList<object> commands)
    {
        using var response = await _bot.PutAsJsonAsync($"applications/{new PlaygroundOptions().Application.Id}/commands", commands);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Posts a message with flat pictures of 400 by 200 pixels.</summary>
    private async Task<JsonObject> PostAsync(JsonObject message, int pictures)
    {
        using var bitmap = new SKBitmap(400, 200);
        bitmap.Erase(SKColors.SteelBlue);
        using var form = new MultipartFormDataContent { { JsonContent.Create(message), "payload_json" } };
        for (var i = 0; i < pictures; i++)
        {
            form.Add(new ByteArrayContent(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray()), $"files[{i}]", $"{i}.png");
        }

        using var response = await _bot.PostAsync($"channels/{_channel}/messages", form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
