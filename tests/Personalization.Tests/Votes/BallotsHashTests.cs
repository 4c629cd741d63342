using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Votes;

public sealed class BallotsHashTests
{
    private static readonly ProfileId Ann = new(1);

    private static readonly Pair[] Answered = [Answer(1, 2, Choice.Left), Answer(3, 4, Choice.Skip)];
    private static readonly Like[] Likes = [new(Ann, new(5), [new(6), new(7)])];

    private static BallotsHash Hash { get; } = BallotsHash.From(Answered, Likes);

    [Fact]
    public void Hash_is_the_same_whenever_the_answers_were_given() =>
        Assert.Equal(Hash, BallotsHash.From(Answered.Select(pair => pair with { Id = pair.Id + 9, AnsweredAt = DateTimeOffset.UnixEpoch, Expectation = 0.5 }), [Likes[0] with { LikedAt = DateTimeOffset.UnixEpoch }]));

    [Fact]
    public void Hash_leaves_out_pairs_that_teach_nothing() =>
        Assert.Equal(Hash, BallotsHash.From([.. Answered, Answer(8, 9, Choice.Withdrawn), Answer(8, 9, null)], Likes));

    [Fact]
    public void Hash_differs_with_every_choice_picture_and_order()
    {
        BallotsHash[] others =
        [
            BallotsHash.From([], []),
            BallotsHash.From(Answered, []),
            BallotsHash.From([Answered[0]], Likes),
            BallotsHash.From([Answered[1], Answered[0]], Likes),
            BallotsHash.From([Answer(1, 2, Choice.Right), Answered[1]], Likes),
            BallotsHash.From([Answer(2, 1, Choice.Right), Answered[1]], Likes),
            BallotsHash.From([Answer(1, 3, Choice.Left), Answered[1]], Likes),
            BallotsHash.From(Answered, [new(Ann, new(5), [])]),
            BallotsHash.From(Answered, [new(Ann, new(5), [new(6)]), new(Ann, new(7), [])]),
        ];

        Assert.Equal(others.Length + 1, others.Append(Hash).Distinct().Count());
    }

    [Fact]
    public void Hash_reads_what_it_writes()
    {
        Assert.Equal(BallotsHash.Length, Hash.ToString().Length);
        Assert.Equal(Hash, BallotsHash.Parse(Hash.ToString()));
        Assert.Equal(BallotsHash.Length, default(BallotsHash).ToString().Length);
        Assert.Throws<FormatException>(() => BallotsHash.Parse("votes"));
    }

    private static Pair Answer(long left, long right, Choice? choice) => new(left, Ann, new(left), new(right), choice);
}
