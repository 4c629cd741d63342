using Personalization.Ranking;

namespace Personalization.Storage.Ranking;

/// <summary>A pair and its answer in one row: one vote a pair, whichever door it came in by.</summary>
internal sealed class PairRow
{
    public long Id { get; set; }

    public required ulong PersonId { get; init; }

    public required long LeftId { get; init; }

    public required long RightId { get; init; }

    public Choice? Choice { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public Pair ToPair() => new(Id, new(PersonId), new(LeftId), new(RightId), Choice);
}
