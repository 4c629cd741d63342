namespace Personalization.Prompts;

/// <summary>Width to height (<c>--ar</c>), reduced to lowest terms; at most 14:1 either way. Default 1:1.</summary>
public readonly record struct AspectRatio
{
    /// <summary>The longer side is at most this many times the shorter.</summary>
    public const int MaxRatio = 14;

    // Stored less one, so that default(AspectRatio) is 1:1.
    private readonly int _widthLessOne;
    private readonly int _heightLessOne;

    private AspectRatio(int width, int height)
    {
        _widthLessOne = width - 1;
        _heightLessOne = height - 1;
    }

    /// <summary>Positive, and without a common divisor with <see cref="Height"/>.</summary>
    public int Width => _widthLessOne + 1;

    /// <summary>Positive, and without a common divisor with <see cref="Width"/>.</summary>
    public int Height => _heightLessOne + 1;

    public static bool TryCreate(int width, int height, out AspectRatio ratio)
    {
        ratio = default;
        if (width < 1 || height < 1)
        {
            return false;
        }

        if (Math.Max(width, height) > (long)Math.Min(width, height) * MaxRatio)
        {
            return false;
        }

        var divisor = GreatestCommonDivisor(width, height);
        ratio = new(width / divisor, height / divisor);
        return true;
    }

    public override string ToString() => $"{Width}:{Height}";

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
