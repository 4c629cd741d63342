using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Personalization.Catalogue;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization;

/// <summary>Adds the product to a program.</summary>
public static class PersonalizationServices
{
    /// <summary>
    /// Adds everything that needs neither disk nor network. The program brings a <see cref="StyleVocabulary"/>, the stores,
    /// the backends and the queue. A <see cref="Random"/> added before is used if threads may share it.
    /// </summary>
    public static IServiceCollection AddPersonalization(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Random>(_ => new LockedRandom());

        services.AddSingleton(provider => new CurrentCommunity(CommunityLearner.Nobody(provider.GetRequiredService<StyleVocabulary>())));
        services.AddSingleton<CommunityLearner>();
        services.AddSingleton<PoolSource>();
        services.AddSingleton<TasteCache>();
        services.AddSingleton<BallotBox>();
        services.AddSingleton<TasteSummarizer>();
        services.AddSingleton<CodeIssuer>();
        services.AddSingleton<PromptAugmenter>();
        services.AddSingleton<Imaginer>();
        services.AddSingleton<ImagineRunner>();
        services.AddSingleton<PictureCatalogue>();

        services.AddSettings<RankingOptions>(configuration, "Ranking");
        services.AddSettings<ImagineOptions>(configuration, "Imagine");
        services.AddSettingsValidation<ImagineOptions>(provider => new ImagineOptionsValidation(provider.GetServices<IImageBackend>()));
        return services;
    }
}
