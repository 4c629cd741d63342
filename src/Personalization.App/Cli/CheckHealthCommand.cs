using System.CommandLine;

namespace Personalization.App.Cli;

/// <summary><c>check-health</c>: what the container's health check calls, since its image has no curl.</summary>
internal static class CheckHealthCommand
{
    /// <summary>Shorter than the health check's own limit of five seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>The command <c>check-health</c>. It ends with 0 when <c>/healthz</c> of the first address in <c>Urls</c> answers with success, otherwise with 1.</summary>
    public static Command Create()
    {
        var command = new Command("check-health", "Ask a running bot whether it is alive. Ends with 0 when it answers, otherwise with 1.");
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.Settings(), parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> settings, TextWriter error, CancellationToken cancellationToken)
    {
        var url = (BotHost.ReadSettings(settings)["Urls"] ?? "").Split(';')[0].Replace("+", "localhost").Replace("*", "localhost");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            await error.WriteLineAsync($"Urls is \"{url}\"; it must be the address the bot listens at, such as http://localhost:5080.");
            return 1;
        }

        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri(address, "/healthz"), cancellationToken);
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync($"{url}: {exception.Message}");
            return 1;
        }
    }
}
