using Microsoft.Extensions.DependencyInjection;
using Personalization.Imagine.Backends;

namespace Personalization.Painter;

/// <summary>Registers the Painter.</summary>
public static class PainterServices
{
    /// <summary>Adds the Painter as an image backend. It needs a <see cref="Styles.StyleVocabulary"/>.</summary>
    public static IServiceCollection AddPainter(this IServiceCollection services) => services.AddSingleton<IImageBackend, PainterBackend>();
}
