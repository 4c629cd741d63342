using System.Text.Json;
using Personalization.Imagine.Jobs;
using Personalization.Taste;

namespace Personalization.Storage.Imagine;

/// <summary>Previews as JSON. Of a trait's axis, the name and the words of its ends are stored, which is all that is shown of it.</summary>
internal static class TastePreviewJson
{
    public static string Write(TastePreview preview) => JsonSerializer.Serialize(
        new Stored(preview.At, preview.IsOwnPrompt, [.. preview.Traits.Select(trait => new StoredTrait(trait.Axis.Id, trait.Axis.Low, trait.Axis.High, trait.Weight, trait.Confidence))]),
        JsonSerializerOptions.Web);

    public static TastePreview Read(string json)
    {
        var stored = JsonSerializer.Deserialize<Stored>(json, JsonSerializerOptions.Web) ?? throw new InvalidDataException("A stored preview is null.");
        return new(stored.At, [.. stored.Traits.Select(trait => new TasteTrait(new(trait.Axis, trait.Low, trait.High, []), trait.Weight, trait.Confidence))], stored.IsOwnPrompt);
    }

    private sealed record Stored(int At, bool IsOwnPrompt, IReadOnlyList<StoredTrait> Traits);

    private sealed record StoredTrait(string Axis, string Low, string High, double Weight, double Confidence);
}
