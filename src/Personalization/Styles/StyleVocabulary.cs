using System.Text.Json;

namespace Personalization.Styles;

/// <summary>The axes of style space and the words that move along them, read from <c>seeds/styles.json</c>.</summary>
/// <param name="Version">The version of the space. A later version only appends axes.</param>
public sealed record StyleVocabulary(
    int Version,
    IReadOnlyList<StyleAxis> Axes,
    IReadOnlyList<StyleDescriptor> Descriptors)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The number of axes, d.</summary>
    public int Dimension => Axes.Count;

    /// <summary>Whether this vocabulary has every axis of a taste with this version of the space and this many axes.</summary>
    public bool Covers(int version, int axes) => version <= Version && axes <= Dimension;

    /// <summary>Reads a vocabulary.</summary>
    /// <exception cref="InvalidDataException">The file is not a valid vocabulary; the message says what is wrong and where.</exception>
    public static StyleVocabulary Load(Stream json)
    {
        File file;
        try
        {
            file = JsonSerializer.Deserialize<File>(json, Json) ?? throw new InvalidDataException("The style vocabulary is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The style vocabulary is not valid JSON of the expected form: {exception.Message}", exception);
        }

        var axes = file.Axes.Select(axis => axis.Id).ToList();
        if (axes.Count == 0 || axes.Distinct(StringComparer.Ordinal).Count() != axes.Count)
        {
            throw new InvalidDataException("The style vocabulary needs at least one axis, and each id once.");
        }

        return new(file.Version, file.Axes, [.. file.Descriptors.Select(descriptor => Read(descriptor, axes))]);
    }

    private static StyleDescriptor Read(Descriptor descriptor, List<string> axes)
    {
        if (!axes.Contains(descriptor.Axis))
        {
            throw new InvalidDataException($"The descriptor \"{descriptor.Phrase}\" names the axis \"{descriptor.Axis}\"; the axes are {string.Join(", ", axes)}.");
        }

        if (!StyleDescriptor.Categories.Contains(descriptor.Category))
        {
            throw new InvalidDataException($"The descriptor \"{descriptor.Phrase}\" has the category \"{descriptor.Category}\"; the categories are {string.Join(", ", StyleDescriptor.Categories)}.");
        }

        var direction = new float[axes.Count];
        foreach (var (axis, coordinate) in descriptor.Direction)
        {
            var index = axes.IndexOf(axis);
            if (index < 0 || !(coordinate is >= -1 and <= 1))
            {
                throw new InvalidDataException($"The descriptor \"{descriptor.Phrase}\" has {axis} = {coordinate}; coordinates must be between -1 and 1, on {string.Join(", ", axes)}.");
            }

            direction[index] = coordinate;
        }

        return new(descriptor.Phrase, descriptor.Opposite, descriptor.Axis, descriptor.Category, new StyleVector(direction), descriptor.Clashes ?? []);
    }

    private sealed record File(int Version, IReadOnlyList<StyleAxis> Axes, IReadOnlyList<Descriptor> Descriptors);

    private sealed record Descriptor(
        string Phrase,
        string Opposite,
        string Axis,
        string Category,
        IReadOnlyDictionary<string, float> Direction,
        IReadOnlyList<string>? Clashes);
}
