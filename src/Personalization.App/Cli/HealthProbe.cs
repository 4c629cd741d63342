namespace Personalization.App.Cli;

/// <summary>Asks a running program whether it lives: what the container's health check calls, where there is no curl.</summary>
internal static class HealthProbe
{
    /// <returns>0 when <c>/healthz</c> of the first address in <c>Urls</c> answers with success, else 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json")
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();
        var url = (configuration["Urls"] ?? "").Split(';')[0].Replace("+", "localhost").Replace("*", "localhost");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var response = await client.GetAsync(new Uri(new Uri(url), "/healthz"));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url}: {exception.Message}");
            return 1;
        }
    }
}
