using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Input;

/// <summary>One row of the votes.</summary>
/// <param name="Left">The index of the left picture.</param>
/// <param name="Right">The index of the right one, another than <paramref name="Left"/>.</param>
/// <param name="At">When; null where the file does not say.</param>
internal readonly record struct Vote(int Left, int Right, Choice Choice, DateTimeOffset? At)
{
    public bool IsSkip => Choice == Choice.Skip;

    /// <summary>The two pictures, whichever stands left.</summary>
    public (int, int) Pair => Left < Right ? (Left, Right) : (Right, Left);
}
