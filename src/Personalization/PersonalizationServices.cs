using MathNet.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
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
    /// Adds everything that needs neither disk nor network. The program brings a <see cref="StyleVocabulary"/>,
    /// <see cref="RankingPrompts"/>, the stores, the backends, an <see cref="IExactPainter"/>, the feature extractor, the grid
    /// composer, the queue and the delivery. A <see cref="Random"/> added before is used if threads may share it.
    /// </summary>
    public static IServiceCollection AddPersonalization(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);

        // What fits a community runs on a thread of low priority, which must not queue work for the pool, and would take all processors.
        Control.UseSingleThread();

#pragma warning disable RS0030 // Banned elsewhere so that tests can seed it; this is the one place that supplies it, and threads may share it.
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030

        services.AddSingleton(provider => new ComputeThreads(provider.GetRequiredService<IOptions<ComputeOptions>>().Value));
        services.AddSingleton(provider => new CurrentCommunity(CommunityLearner.Initial(provider.GetRequiredService<StyleVocabulary>())));
        services.AddSingleton<CommunityLearner>();
        services.AddSingleton<PictureLikeness>();
        services.AddSingleton<PoolSource>();
        services.AddSingleton<TasteLearner>();
        services.AddSingleton<TasteCache>();
        services.AddSingleton<UnlockRule>();
        services.AddSingleton<BallotBox>();
        services.AddSingleton<PageSource>();
        services.AddSingleton<TasteSummarizer>();
        services.AddSingleton<CodeIssuer>();
        services.AddSingleton<PromptAugmenter>();
        services.AddSingleton<PictureMeasurer>();
        services.AddSingleton<PictureReader>();
        services.AddSingleton<ImageBackends>();
        services.AddSingleton<ActivePaintings>();
        services.AddSingleton<PictureKeeper>();
        services.AddSingleton<PaintingTurns>();
        services.AddSingleton<PaintStep>();
        services.AddSingleton<ImagineRunner>();
        services.AddSingleton<AbandonedJobs>();
        services.AddSingleton<Imaginer>();
        services.AddSingleton<TastePreviewer>();
        services.AddSingleton<CatalogueSeeder>();
        services.AddSingleton<CataloguePainter>();

        services.AddSettings<ComputeOptions>(configuration, "Compute");
        services.AddSettings<RankingOptions>(configuration, "Ranking");
        services.AddSettings<ImagineOptions>(configuration, "Imagine");
        services.AddSettings<JobsOptions>(configuration, "Jobs");
        services.AddSettingsValidation<ImagineOptions>(provider => new ImagineOptionsValidation(provider.GetRequiredService<ImageBackends>()));
        return services;
    }
}
