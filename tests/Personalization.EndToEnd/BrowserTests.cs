using Microsoft.Playwright;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What a newcomer does: start the program without a token, open the page, type and click.</summary>
public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Browser_user_votes_and_imagines()
    {
        using var data = new DataFolder();
        await using var bot = BotProcess.Start(data.Path, ("Ranking:PaintAhead", "false"));
        var line = await bot.SeesAsync("this is the playground");
        var address = line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));
        await bot.SeesAsync(" commands");
        await bot.SeesAsync(BotProcess.Prepared);

        var page = await browser.OpenAsync(address);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        var composer = page.GetByTestId("composer");

        // The picker filters while one types; Enter takes the command, Enter again sends it.
        await composer.PressSequentiallyAsync("/ra");
        await Assertions.Expect(page.Locator("[data-command]")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        var left = page.Locator("[data-custom-id^='rank:left']");
        await Assertions.Expect(left).ToBeVisibleAsync();
        var first = await left.GetAttributeAsync("data-custom-id");
        await left.ClickAsync();
        await Assertions.Expect(left).Not.ToHaveAttributeAsync("data-custom-id", first!);
        await Assertions.Expect(page.GetByText("1 of 200")).ToBeVisibleAsync();

        // An option that must be filled in says so, and nothing is sent.
        await composer.PressSequentiallyAsync("/imagine ");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("prompt: this option is required")).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("a red fox in the snow --stylise 300 --v draft");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("modal").Locator("textarea")).ToHaveValueAsync("a red fox in the snow --v draft --s 300");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the corrected prompt" }).ClickAsync();
        var answer = page.Locator("article", new() { Has = page.Locator("[data-custom-id^='imagine:pick']") });
        await Assertions.Expect(answer).ToBeVisibleAsync();
        var picture = answer.Locator(".picture img");
        await Assertions.Expect(picture).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await picture.EvaluateAsync<int>("image => image.naturalWidth") > 0);

        await answer.Locator(".picture").ClickAsync();
        await Assertions.Expect(page.GetByTestId("lightbox")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("lightbox")).ToBeHiddenAsync();

        // Another person sees the picture and not the ballot.
        await page.GetByTestId("person-switcher").ClickAsync();
        await page.Locator("[data-person]").Nth(1).ClickAsync();
        await Assertions.Expect(answer).ToBeVisibleAsync();
        await Assertions.Expect(left).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }
}
