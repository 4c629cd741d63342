using System.Collections.ObjectModel;
using System.Text.Json;

namespace Personalization.Catalogue;

/// <summary>What the ranking pictures show: <c>seeds/prompts.json</c>, in its order. A prompt's position is its seed: add at the end, or replace in place. The pictures of what was replaced are retired at the next start.</summary>
public sealed class RankingPrompts : ReadOnlyCollection<string>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private RankingPrompts(IList<string> prompts)
        : base(prompts)
    {
    }

    /// <summary>Reads <c>{"prompts": ["...", ...]}</c>.</summary>
    /// <exception cref="InvalidDataException">The file has another form, or no prompt, or one twice.</exception>
    public static RankingPrompts Load(Stream json)
    {
        File? file;
        try
        {
            file = JsonSerializer.Deserialize<File>(json, Json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The ranking prompts are not valid JSON of their form: {exception.Message}", exception);
        }

        var prompts = file?.Prompts ?? [];
        if (prompts.Count == 0 || prompts.Distinct(StringComparer.Ordinal).Count() != prompts.Count)
        {
            throw new InvalidDataException("The ranking prompts need at least one prompt, and each once.");
        }

        return new([.. prompts]);
    }

    private sealed record File(IReadOnlyList<string>? Prompts);
}
