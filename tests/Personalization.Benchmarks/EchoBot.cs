using System.Diagnostics;
using System.Reflection;
using Personalization.EndToEnd;

namespace Personalization.Benchmarks;

/// <summary>A bot of discord.js, in a process of its own, that answers at once and does nothing else.</summary>
internal sealed class EchoBot : IDisposable
{
    private readonly Process _process;

    private EchoBot(Process process) => _process = process;

    private static string Folder => typeof(EchoBot).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DiscordJs").Value!;

    /// <summary>Starts the bot and waits until it hears what people do.</summary>
    /// <exception cref="InvalidOperationException">discord.js is not installed.</exception>
    public static async Task<EchoBot> ConnectAsync(PlaygroundHost playground)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            throw new InvalidOperationException($"discord.js is not installed: run `npm ci` in {Folder}.");
        }

        var process = Process.Start(new ProcessStartInfo("node", ["bot.mjs", new Uri(playground.Address, "/api").ToString(), PlaygroundHost.Token])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        return await process.StandardOutput.ReadLineAsync() is { } line && line.StartsWith("ready", StringComparison.Ordinal)
            ? new(process)
            : throw new InvalidOperationException("The discord.js bot ended before it was ready.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
