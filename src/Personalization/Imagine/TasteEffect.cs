using Personalization.Imagine.Backends;
using Personalization.Styles;

namespace Personalization.Imagine;

/// <summary>What a taste did to a request, as its backend uses it.</summary>
/// <param name="Leans">For a backend that takes a style vector: where the first picture's leads, farthest first; null for one that reads words.</param>
/// <param name="Additions">For a backend that reads words: those added to the prompt.</param>
/// <param name="Dislikes">For a backend that reads words: what is excluded.</param>
/// <param name="References">How many pictures it follows in style; a fallback may follow another number.</param>
public sealed record TasteEffect(IReadOnlyList<StyleLean>? Leans, IReadOnlyList<WeightedPhrase> Additions, IReadOnlyList<string> Dislikes, int References);

/// <summary>How far a style leads along an axis, -1 to 1.</summary>
public sealed record StyleLean(StyleAxis Axis, float Coordinate)
{
    /// <summary>The end of the axis that it leads to, in words.</summary>
    public string Towards => Coordinate >= 0 ? Axis.High : Axis.Low;
}
