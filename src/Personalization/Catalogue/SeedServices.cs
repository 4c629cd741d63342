using Microsoft.Extensions.DependencyInjection;
using Personalization.Styles;

namespace Personalization.Catalogue;

/// <summary>Adds what a new database starts from.</summary>
public static class SeedServices
{
    /// <summary>Reads the seed files <c>styles.json</c> and <c>prompts.json</c>.</summary>
    /// <exception cref="InvalidDataException">A seed file is malformed; the message says what is wrong.</exception>
    public static IServiceCollection AddSeeds(this IServiceCollection services, string folder)
    {
        using var styles = File.OpenRead(Path.Combine(folder, "styles.json"));
        using var prompts = File.OpenRead(Path.Combine(folder, "prompts.json"));
        return services
            .AddSingleton(StyleVocabulary.Load(styles))
            .AddSingleton(RankingPrompts.Load(prompts));
    }
}
