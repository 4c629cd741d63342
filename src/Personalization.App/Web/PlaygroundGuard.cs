using System.Net;
using Microsoft.Extensions.Options;
using Personalization.Storage;
using Personalization.Votes;

namespace Personalization.App.Web;

/// <summary>
/// Keeps the playground, which has no login, from opening by accident: where a token was lost, to other computers, or to
/// pages of other web sites in the same browser.
/// </summary>
internal static class PlaygroundGuard
{
    /// <summary>The file that a bot with a token leaves in its data folder.</summary>
    private const string MarkName = "used-with-discord.txt";

    private const string SetToken = "Set Discord:Token (environment variable Discord__Token)";

    /// <summary>Checks whether the playground may open here.</summary>
    /// <exception cref="OptionsValidationException">It may not: a line says what to do.</exception>
    public static void Check(IConfiguration configuration, PlaygroundSettings settings, StorageOptions storage)
    {
        var usedFolder = File.Exists(Path.Combine(storage.DataDirectory, MarkName)) ? storage.DataDirectory : null;
        if (Refusal(configuration, settings, usedFolder) is { } refusal)
        {
            throw Refused(refusal);
        }
    }

    /// <summary>
    /// Checks the database itself: it may lie outside of the data folder, or an earlier version, which left no mark, may have used
    /// it. All who ever ranked, liked or asked for pictures have a profile.
    /// </summary>
    /// <param name="people">The people of the playground.</param>
    /// <exception cref="OptionsValidationException">People of Discord have used it: a line says what to do.</exception>
    public static async Task CheckPeopleAsync(IProfileStore profiles, IReadOnlyCollection<PersonId> people, StorageOptions storage, CancellationToken cancellationToken)
    {
        if (await profiles.HasOthersAsync(people, cancellationToken))
        {
            throw Refused($"Discord:Token is not set, and people of Discord have used the database of DataDirectory \"{storage.DataDirectory}\" or Storage:ConnectionString: the playground would show their prompts and pictures without a login. {SetToken}, or another database and DataDirectory.");
        }
    }

    /// <summary>Marks the data folder, which exists, as one that a bot with a token uses.</summary>
    /// <exception cref="IOException">The mark cannot be written.</exception>
    public static void Mark(StorageOptions storage)
    {
        var mark = Path.Combine(storage.DataDirectory, MarkName);
        if (!File.Exists(mark))
        {
            File.WriteAllText(mark, "A bot with a Discord:Token has used this folder, so the playground, which has no login, does not open it.\n");
        }
    }

    /// <summary>Refuses requests from other computers, unless enabled, and those for a host or from an origin that is not the playground's.</summary>
    public static void UsePlaygroundGuard(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<IOptions<PlaygroundSettings>>().Value;
        app.Use((context, next) => Refusal(context, settings) is var (status, sentence) ? RefuseAsync(context, status, sentence) : next(context));
    }

    private static OptionsValidationException Refused(string refusal) => new(Options.DefaultName, typeof(PlaygroundSettings), [refusal]);

    private static string? Refusal(IConfiguration configuration, PlaygroundSettings settings, string? usedFolder)
    {
        if (settings.Enabled == false)
        {
            return $"Discord:Token is not set and Playground:Enabled is false, so there is nothing to run. {SetToken}.";
        }

        if (usedFolder is not null)
        {
            return $"Discord:Token is not set, and a bot with a token has used DataDirectory \"{usedFolder}\": the playground would show its prompts and pictures without a login. {SetToken}, or another DataDirectory.";
        }

        if (settings.Enabled == true)
        {
            return null;
        }

        if (configuration["DOTNET_RUNNING_IN_CONTAINER"] is "true" or "1")
        {
            return $"Discord:Token is not set. {SetToken}, or Playground:Enabled=true for the playground, which has no login.";
        }

        return ListeningAddresses.Public(configuration).FirstOrDefault() is (var key, { } url)
            ? $"{key} is \"{url}\", which other computers can reach, and the playground has no login. {SetToken}, an address such as http://localhost:5080, or Playground:Enabled=true to open the playground there."
            : null;
    }

    private static (int Status, string Sentence)? Refusal(HttpContext context, PlaygroundSettings settings)
    {
        var request = context.Request;
        if (request.Path.Equals("/healthz", StringComparison.Ordinal) || request.Path.Equals("/readyz", StringComparison.Ordinal))
        {
            return null;
        }

        if (settings.Enabled != true && context.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        {
            return (StatusCodes.Status403Forbidden, "The playground answers this computer alone; set Playground:Enabled=true to open it to others.");
        }

        if (!ListeningAddresses.IsLoopback(request.Host.Host) && !settings.Hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status421MisdirectedRequest, "The playground does not answer to this host name; add it to Playground:Hosts.");
        }

        // A browser names the page that asks, over WebSocket too; another page's port or name is another origin.
        return request.Headers.Origin is [var origin, ..] && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))
            ? (StatusCodes.Status403Forbidden, "The playground does not answer to pages of another origin.")
            : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
