using Microsoft.Extensions.DependencyInjection;
using Personalization.Backends.Painter;
using Personalization.Imagine;

namespace Personalization.Backends;

/// <summary>What paints.</summary>
public static class ImageBackendServices
{
    /// <summary>Adds the backends and the grid. They need a <see cref="Styles.StyleVocabulary"/>.</summary>
    public static IServiceCollection AddImageBackends(this IServiceCollection services) => services
        .AddSingleton<IImageBackend, PainterBackend>()
        .AddSingleton<IGridComposer, GridComposer>();
}
