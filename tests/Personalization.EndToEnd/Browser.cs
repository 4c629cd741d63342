using Microsoft.Playwright;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The Chromium or Chrome of this machine; tests skip where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } executable)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens the playground's page in a window of 1,000 by 700 pixels, and waits until it shows what there is.</summary>
    public async Task<IPage> OpenAsync(string address)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on this machine.");
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1000, Height = 700 } });
        await page.GotoAsync(address);
        await Assertions.Expect(page.Locator("#me strong")).ToHaveCountAsync(1);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}
