using Personalization.Catalogue;
using Personalization.Styles;

namespace Personalization.App.Jobs;

/// <summary>What a new database starts from.</summary>
internal static class SeedServices
{
    /// <summary>Reads the seed files and has the ranking pictures made from them.</summary>
    /// <exception cref="InvalidDataException">A seed file is not of its form; the message says what is wrong.</exception>
    public static IServiceCollection AddSeeds(this IServiceCollection services, string folder)
    {
        using var styles = File.OpenRead(Path.Combine(folder, "styles.json"));
        using var prompts = File.OpenRead(Path.Combine(folder, "prompts.json"));
        return services
            .AddSingleton(StyleVocabulary.Load(styles))
            .AddSingleton(RankingPrompts.Load(prompts))
            .AddHostedService<CatalogueService>()
            .AddHostedService<CommunityService>();
    }
}
