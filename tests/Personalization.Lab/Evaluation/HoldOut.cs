using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Personalization.Lab.Evaluation;

/// <summary>How many votes or pictures are held out: a share of them, or so many.</summary>
public sealed record HoldOut
{
    private readonly double _share;
    private readonly int _count;

    private HoldOut(double share, int count) => (_share, _count) = (share, count);

    /// <summary>A fifth of each person's votes.</summary>
    public static HoldOut Usual { get; } = new(0.2, 0);

    /// <summary>A quarter of the pictures.</summary>
    public static HoldOut UsualOfPictures { get; } = new(0.25, 0);

    /// <summary>Reads a share such as <c>0.2</c>, between 0 and 1, or a whole number of at least 1 such as <c>40</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HoldOut? heldOut)
    {
        heldOut = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 ? new(0, count)
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? new(share, 0)
            : null;
        return heldOut is not null;
    }

    /// <summary>As it is written: <c>0.2</c> or <c>40</c>.</summary>
    public override string ToString() => _count > 0
        ? _count.ToString(CultureInfo.InvariantCulture)
        : _share.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many of so many votes or pictures.</summary>
    internal int CountOf(int all) => _count > 0 ? Math.Min(_count, all) : (int)Math.Round(_share * all, MidpointRounding.AwayFromZero);
}
