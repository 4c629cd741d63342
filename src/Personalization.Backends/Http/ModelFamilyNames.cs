using System.Text.RegularExpressions;

namespace Personalization.Backends.Http;

/// <summary>Recognises a family by the names that people give to its models, and by the architecture in a model's metadata.</summary>
internal static partial class ModelFamilyNames
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>In this order: ZavyChromaXL is no Chroma, and sd3.5_incl_t5xxl no XL.</summary>
    private static readonly (ModelFamily Family, Regex Names)[] Known =
    [
        (ModelFamily.StableDiffusion3, StableDiffusion3()),
        (ModelFamily.Flux2, Flux2()),
        (ModelFamily.Flux, Flux()),
        (ModelFamily.ZImage, ZImage()),
        (ModelFamily.QwenImage, Qwen()),
        (ModelFamily.StableDiffusionXl, StableDiffusionXl()),
        (ModelFamily.Chroma, Chroma()),
        (ModelFamily.StableDiffusion15, StableDiffusion15()),
    ];

    /// <summary>The family that a name tells; null if it tells none, or one that is not a <see cref="ModelFamily"/>.</summary>
    /// <param name="name">A file, with or without its folder, a title, or an architecture such as <c>stable-diffusion-xl-v1-base</c>.</param>
    public static ModelFamily? Of(string name) =>
        IsAnother(name) ? null : Known.Where(one => one.Names.IsMatch(name)).Select(one => (ModelFamily?)one.Family).FirstOrDefault();

    /// <summary>Whether a name is that of a model that needs more than a prompt, such as an editor, or has another family than its name begins with.</summary>
    public static bool IsAnother(string name) => Others().IsMatch(name);

    /// <summary>Whether a name says that its model was distilled to paint in a few steps.</summary>
    public static bool IsFast(string name) => Fast().IsMatch(name) && !Slow().IsMatch(name);

    /// <summary>Whether the name of a Flux.2 is that of a Klein, the smaller one.</summary>
    public static bool IsKlein(string name) => name.Contains("klein", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the name of a Qwen-Image is that of version 2.1, which has an encoder and an autoencoder of its own.</summary>
    public static bool IsQwenImage21(string name) => QwenImage21().IsMatch(name);

    [GeneratedRegex(@"refiner|flux.*(fill|canny|depth|redux)|qwen.*(edit|layered)|z[ ._-]?image.*edit|radiance|krea[ ._-]?2", Options)]
    private static partial Regex Others();

    [GeneratedRegex(@"(^|[^a-z])sd[ ._-]?3([^0-9]|5|$)|stable[ ._-]?diffusion[ ._-]?v?3", Options)]
    private static partial Regex StableDiffusion3();

    [GeneratedRegex(@"flux[ ._-]?2([^0-9]|$)|klein", Options)]
    private static partial Regex Flux2();

    [GeneratedRegex(@"flux|schnell", Options)]
    private static partial Regex Flux();

    [GeneratedRegex(@"z[ ._-]?(image|img)|(^|[^a-z])zit([^a-z]|v[0-9]|$)", Options)]
    private static partial Regex ZImage();

    [GeneratedRegex(@"qwen", Options)]
    private static partial Regex Qwen();

    [GeneratedRegex(@"image[ ._-]?2[ ._-]?1([^0-9]|$)", Options)]
    private static partial Regex QwenImage21();

    [GeneratedRegex(@"(^|[^x])xl|pony|illustrious|noob|animagine|ssd[ ._-]?1b", Options)]
    private static partial Regex StableDiffusionXl();

    [GeneratedRegex(@"chroma", Options)]
    private static partial Regex Chroma();

    [GeneratedRegex(@"(^|[^a-z])sd[ ._-]?v?1([ ._-]?[45x])?([^0-9]|$)|v1-5-pruned|stable[ ._-]?diffusion[ ._-]?v?1", Options)]
    private static partial Regex StableDiffusion15();

    [GeneratedRegex(@"turbo|lightning|schnell|distill|flash|dmd2?|hyper[ ._-]?(sd|flux)|(^|[^a-z])(lcm|zit)", Options)]
    private static partial Regex Fast();

    [GeneratedRegex(@"(de|un)[ ._-]?(turbo|distill)", Options)]
    private static partial Regex Slow();
}
