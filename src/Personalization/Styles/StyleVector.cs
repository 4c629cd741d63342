using System.Collections.Immutable;

namespace Personalization.Styles;

/// <summary>
/// A point in style space: one coordinate an axis, in the order of <see cref="StyleVocabulary.Axes"/>.
/// -1 is the axis's low end, 0 the backend's own look, 1 its high end. Equal when all coordinates are.
/// </summary>
public sealed class StyleVector : IEquatable<StyleVector>
{
    private readonly ImmutableArray<float> _coordinates;

    /// <param name="coordinates">Each finite and between -1 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is outside -1 to 1 or not a number.</exception>
    public StyleVector(params ReadOnlySpan<float> coordinates)
    {
        foreach (var coordinate in coordinates)
        {
            if (!(coordinate is >= -1 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(coordinates), coordinate, "A style coordinate must be between -1 and 1.");
            }
        }

        _coordinates = ImmutableArray.Create(coordinates);
    }

    /// <summary>The coordinates in axis order.</summary>
    public ReadOnlySpan<float> Coordinates => _coordinates.AsSpan();

    /// <summary>The number of axes.</summary>
    public int Dimension => _coordinates.Length;

    /// <summary>The coordinate on the axis with this position in <see cref="StyleVocabulary.Axes"/>.</summary>
    public float this[int axis] => _coordinates[axis];

    public bool Equals(StyleVector? other) => other is not null && Coordinates.SequenceEqual(other.Coordinates);

    public override bool Equals(object? obj) => Equals(obj as StyleVector);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var coordinate in _coordinates)
        {
            hash.Add(coordinate);
        }

        return hash.ToHashCode();
    }
}
