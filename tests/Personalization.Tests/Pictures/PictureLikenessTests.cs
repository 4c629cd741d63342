using Personalization.Pictures;
using Xunit;

namespace Personalization.Tests.Pictures;

public sealed class PictureLikenessTests
{
    private readonly PictureLikeness _likeness = new(new FakeExtractor(embedding: 2));

    [Theory]
    [InlineData(0.13, true)]
    [InlineData(0.15, false)]
    public void Pictures_are_copies_whose_embeddings_have_a_cosine_distance_under_a_hundredth(double angle, bool areCopies)
    {
        var (one, other) = (Seen(1, 0), Seen(2, angle));

        Assert.Equal(1 - Math.Cos(angle), _likeness.DistanceOf(one, other)!.Value, precision: 6);
        Assert.Equal(areCopies, _likeness.AreCopies(one, other));
    }

    [Fact]
    public void Measures_and_the_length_of_an_embedding_play_no_part()
    {
        var one = Seen(1, 0.5) with { Features = new("fake-1", [1, 2, 3, 0.6f, 0.8f]) };
        var other = Seen(2, 0.5) with { Features = new("fake-1", [-9, 0, 7, 6, 8]) };

        Assert.Equal(0, _likeness.DistanceOf(one, other)!.Value, precision: 6);
    }

    [Fact]
    public void Pictures_that_the_encoder_has_not_seen_are_copies_only_as_one_file()
    {
        var unseen = Seen(1, 0) with { Features = null, FileKey = "one" };
        var before = Seen(2, 0) with { Features = new("fake-0", [0, 0, 0, 1, 0]), FileKey = "one" };

        Assert.Null(_likeness.DistanceOf(unseen, Seen(3, 0)));
        Assert.Null(_likeness.DistanceOf(before, Seen(3, 0)));
        Assert.True(_likeness.AreCopies(unseen, before));
        Assert.False(_likeness.AreCopies(unseen, Seen(3, 0)));
        Assert.False(_likeness.AreCopies(Seen(3, 0) with { Features = null }, Seen(4, 0) with { Features = null }));
        Assert.Null(new PictureLikeness(new FakeExtractor()).DistanceOf(Seen(1, 0), Seen(2, 0)));
    }

    [Fact]
    public void Embedding_of_zeros_is_like_nothing()
    {
        var empty = Seen(1, 0) with { Features = new("fake-1", [0, 0, 0, 0, 0]) };

        Assert.Null(_likeness.DistanceOf(empty, empty));
        Assert.False(_likeness.AreCopies(empty, Seen(2, 0)));
    }

    [Fact]
    public void Of_copies_the_first_is_left_in_each_prompt_and_guild()
    {
        Picture[] pictures =
        [
            Seen(7, 0.02),
            Seen(6, 1),
            Seen(5, 0) with { Guild = new(6) },
            Seen(4, 0) with { Prompt = "a lake" },
            Seen(3, 0.01),
            Seen(2, 0),
        ];

        Assert.Equal([6, 5, 4, 2], _likeness.WithoutCopies(pictures).Select(picture => picture.Id.Value));
    }

    /// <summary>A picture whose embedding has this angle, in radians.</summary>
    private static Picture Seen(long id, double angle) => new()
    {
        Id = new(id),
        Kind = PictureKind.Made,
        Guild = new(5),
        Prompt = "a boat",
        Style = null,
        Features = new("fake-1", [0, 0, 0, (float)Math.Cos(angle), (float)Math.Sin(angle)]),
        Seed = 1,
        Width = 8,
        Height = 8,
    };
}
