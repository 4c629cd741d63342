using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Personalization.App.Web;
using Personalization.Discord;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine.Jobs;
using Personalization.Playground;
using Personalization.Storage;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>The bot: its commands, its deliveries, and what it connects to.</summary>
internal static partial class BotServices
{
    private const string TokenKey = "Discord:Token";

    public static IServiceCollection AddBot(this IServiceCollection services, IConfiguration configuration)
    {
        // Without a token, the playground completes the options once the web listener has its address.
        services.AddSettings<DiscordOptions>(configuration, "Discord", isCheckedAtStart: HasToken(configuration));
        services.AddSettings<PlaygroundSettings>(configuration, "Playground");
        services.AddSingleton<IValidateOptions<AllSettings>>(new ListeningAddresses(configuration));
        services.AddSingleton<IValidateOptions<AllSettings>>(new LogLevels(configuration));
        services.AddDiscord();
        services.AddSingleton<IInteractionHandler, InteractionRouter>();
        foreach (var command in typeof(ICommand).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(ICommand))).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            services.AddSingleton(typeof(ICommand), command);
        }

        services.AddSingleton<IReadOnlyList<CommandDefinition>>(provider => [.. provider.GetServices<ICommand>().Select(Localized)]);
        services.AddSingleton<Acknowledgements>();
        services.AddSingleton<Privacy>();
        services.AddSingleton<PreviewSender>();
        services.AddSingleton<UnknownPlaces>();
        services.AddSingleton<UntoldJobs>();
        services.AddSingleton<IDelivery, DiscordDelivery>();
        if (!HasToken(configuration))
        {
            services.AddPlayground();
            services.AddOptions<PlaygroundOptions>().Configure<IOptions<StorageOptions>>((playground, storage) =>
                playground.Directory = Path.Combine(storage.Value.DataDirectory, "playground"));
            services.AddSingleton<IPostConfigureOptions<DiscordOptions>, PointAtPlayground>();
        }

        return services;
    }

    /// <summary>Without a token: checks whether the playground may open.</summary>
    /// <exception cref="OptionsValidationException">It may not: a line says what to do.</exception>
    public static void CheckPlaygroundIfNoToken(this WebApplication app)
    {
        if (!HasToken(app.Configuration))
        {
            PlaygroundGuard.Check(app.Configuration, app.Services.GetRequiredService<IOptions<PlaygroundSettings>>().Value, StorageOf(app));
        }
    }

    /// <summary>Without a token, and once the database is up to date: checks that only people of the playground have used it.</summary>
    /// <exception cref="OptionsValidationException">Others have: a line says what to do.</exception>
    public static async Task CheckPeopleIfNoTokenAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        if (!HasToken(app.Configuration))
        {
            var people = app.Services.GetRequiredService<IOptions<PlaygroundOptions>>().Value.People.Select(person => new PersonId(person.Id)).ToList();
            await PlaygroundGuard.CheckPeopleAsync(app.Services.GetRequiredService<IProfileStore>(), people, StorageOf(app), cancellationToken);
        }
    }

    /// <summary>With a token: keeps the playground out of the data folder from now on.</summary>
    public static void MarkDataFolderIfToken(this WebApplication app)
    {
        if (HasToken(app.Configuration))
        {
            PlaygroundGuard.Mark(StorageOf(app));
        }
    }

    /// <summary>Logs which client connects to Discord.</summary>
    public static void LogDiscordClient(this WebApplication app)
    {
        var discord = app.Services.GetRequiredService<IDiscord>();
        LogClient(app.Logger, discord.Client);
    }

    /// <summary>Without a token: serves the playground and logs its address once it listens.</summary>
    public static void MapPlaygroundIfNoToken(this WebApplication app)
    {
        if (HasToken(app.Configuration))
        {
            return;
        }

        app.UsePlaygroundGuard();
        app.UseWebSockets();
        app.MapPlayground();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = AddressOf(app.Services.GetRequiredService<IServer>());
            LogPlayground(app.Logger, address);
        });
    }

    /// <summary>A command's definition with its descriptions in all languages.</summary>
    private static CommandDefinition Localized(ICommand command)
    {
        var english = Text.In(locale: null, () => command.Definition);
        var others = Text.Locales.Select(locale => (Locale: locale, Definition: Text.In(locale, () => command.Definition))).ToList();
        return english with
        {
            DescriptionLocalizations = others.ToDictionary(other => other.Locale, other => other.Definition.Description),
            Options =
            [
                .. english.Options.Select((option, i) => option with
                {
                    DescriptionLocalizations = others.ToDictionary(other => other.Locale, other => other.Definition.Options[i].Description),
                }),
            ],
        };
    }

    private static StorageOptions StorageOf(WebApplication app) => app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static bool HasToken(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[TokenKey]);

    private static Uri AddressOf(IServer server)
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The web listener has no address yet.");
        return new Uri(bound.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost"));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Client} connects to Discord")]
    private static partial void LogClient(ILogger logger, string client);

    [LoggerMessage(Level = LogLevel.Information, Message = "No Discord:Token is set, so this is the playground, a simulation of Discord: open {Address} in a browser")]
    private static partial void LogPlayground(ILogger logger, Uri address);

    // The listener is bound, and its address known, before the gateway reads its options.
    private sealed class PointAtPlayground(IServer server) : IPostConfigureOptions<DiscordOptions>
    {
        public void PostConfigure(string? name, DiscordOptions options)
        {
            options.Token = "playground";
            options.ApiUrl = new Uri(AddressOf(server), "/api/v10/");
        }
    }
}
