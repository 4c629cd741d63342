using Microsoft.Extensions.DependencyInjection;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Painter;

/// <summary>Registers the Painter.</summary>
public static class PainterServices
{
    /// <summary>Adds the Painter as an image backend and as the exact painter. It needs a <see cref="Styles.StyleVocabulary"/>.</summary>
    public static IServiceCollection AddPainter(this IServiceCollection services) => services
        .AddSingleton<PainterBackend>()
        .AddSingleton<IImageBackend>(provider => provider.GetRequiredService<PainterBackend>())
        .AddSingleton<IExactPainter>(provider => provider.GetRequiredService<PainterBackend>());
}
