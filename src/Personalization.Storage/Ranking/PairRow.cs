using Personalization.Votes;

namespace Personalization.Storage.Ranking;

/// <summary>A pair and its answer in one row: one vote a pair, whichever door it came in by.</summary>
internal sealed class PairRow
{
    public long Id { get; set; }

    public required ulong ProfileId { get; init; }

    public required long LeftId { get; init; }

    public required long RightId { get; init; }

    public Choice? Choice { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public bool IsRandom { get; init; }

    public double? Expectation { get; init; }

    public static PairRow From(Pair pair) => new()
    {
        ProfileId = pair.Profile.Value,
        LeftId = pair.Left.Value,
        RightId = pair.Right.Value,
        IsRandom = pair.IsRandom,
        Expectation = pair.Expectation,
    };

    public Pair ToPair() => new(Id, new(ProfileId), new(LeftId), new(RightId), Choice)
    {
        IsRandom = IsRandom,
        Expectation = Expectation,
        AnsweredAt = AnsweredAt,
    };
}
