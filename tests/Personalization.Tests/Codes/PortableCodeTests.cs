using CsCheck;
using Personalization.Codes;
using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Codes;

public sealed class PortableCodeTests
{
    private static readonly Gen<TasteSnapshot> AnyTaste =
        from axes in Gen.Int[1, PortableCode.MaxAxes]
        from deviation in Gen.Float[-15, 15].Array[axes]
        from house in Gen.Float[-3, 3].Array[axes]
        from variance in Gen.Float[0.0002f, 15].Array[axes]
        from space in Gen.Int[1, 255]
        from votes in Gen.Int[0, 4000]
        select new TasteSnapshot(new(77), 1, space, 5, [.. house.Zip(deviation, (mean, differs) => mean + differs)], deviation, variance, votes, 0);

    [Fact]
    public void Portable_code_reads_back_within_its_steps() => AnyTaste.Sample(taste =>
    {
        var read = PortableCode.From(taste).Snapshot;
        return read.Owner == default
            && (read.SpaceVersion, read.Votes, read.Mean.Count) == (taste.SpaceVersion, taste.Votes, taste.Mean.Count)
            && read.Deviation.Zip(taste.Deviation).All(pair => Math.Abs(pair.First - pair.Second) <= 0.5 / 128)
            && read.Mean.Zip(taste.Mean).All(pair => Math.Abs(pair.First - pair.Second) <= 1.001 / 128)
            && read.Variance.Zip(taste.Variance).All(pair => Math.Abs(Math.Log(pair.First / pair.Second)) <= 1.001 * Math.Log(400) / 255);
    });

    [Fact]
    public void Portable_code_written_again_is_the_same_text() => AnyTaste.Sample(taste =>
    {
        var code = PortableCode.From(taste);
        return PortableCode.From(code.Snapshot).Equals(code) && PortableCode.TryParse(code.ToString(), out var read) && read.Snapshot.Equals(code.Snapshot);
    });

    [Fact]
    public void Portable_code_fits_into_120_letters_and_digits() => AnyTaste.Sample(taste =>
    {
        var text = PortableCode.From(taste).ToString();
        return text.Length <= 120 && text.All(char.IsAsciiLetterOrDigit) && text.StartsWith("taste1", StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(12)]
    [InlineData(16)]
    public void Every_single_wrong_character_is_caught(int axes)
    {
        var text = PortableCode.From(Taste(axes)).ToString();
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var wrong in (PortableCode.Alphabet + "-O \u200b`").Where(character => character != text[i]))
            {
                Assert.False(PortableCode.TryParse(text[..i] + wrong + text[(i + 1)..], out _), $"{i}: {wrong}");
            }
        }
    }

    [Fact]
    public void Portable_code_check_detects_any_wrong_character() =>
        Gen.Select(AnyTaste, Gen.Int[0, PortableCode.MaxLength], Gen.Char[PortableCode.Alphabet]).Sample((taste, place, wrong) =>
        {
            var text = PortableCode.From(taste).ToString();
            place %= text.Length;
            return text[place] == wrong || !PortableCode.TryParse(text[..place] + wrong + text[(place + 1)..], out _);
        });

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void Swapped_neighbours_and_missing_and_doubled_characters_are_caught(int axes)
    {
        var text = PortableCode.From(Taste(axes)).ToString();
        for (var i = 0; i < text.Length - 1; i++)
        {
            Assert.False(PortableCode.TryParse(text.Remove(i, 1), out _));
            Assert.False(PortableCode.TryParse(text.Insert(i, text[i].ToString()), out _));
            if (text[i] != text[i + 1])
            {
                Assert.False(PortableCode.TryParse(text[..i] + text[i + 1] + text[i] + text[(i + 2)..], out _));
            }
        }
    }

    [Fact]
    public void Up_to_four_wrong_characters_of_a_short_code_are_caught() =>
        Gen.Select(Gen.Int[6, 40], Gen.Int[6, 40], Gen.Int[6, 40], Gen.Int[6, 40], Gen.Char[PortableCode.Alphabet].Array[4]).Sample((a, b, c, d, wrong) =>
        {
            var text = PortableCode.From(Taste(7)).ToString();
            var changed = text.ToCharArray();
            foreach (var (place, character) in new[] { a, b, c, d }.Zip(wrong))
            {
                changed[place] = character;
            }

            return new string(changed) == text || !PortableCode.TryParse(new string(changed), out _);
        });

    [Fact]
    public void Blanks_and_line_breaks_do_not_matter()
    {
        var text = PortableCode.From(Taste(12)).ToString();

        Assert.True(PortableCode.TryParse($"  {text[..20]}\n{text[20..50]} {text[50..]}\r\n", out var code));
        Assert.Equal(text, code.ToString());
    }

    [Fact]
    public void Invisible_characters_do_not_matter()
    {
        // A zero width space, a soft hyphen, a mark of direction and one of byte order: chats put them where long words may break.
        var text = PortableCode.From(Taste(12)).ToString();

        Assert.True(PortableCode.TryParse($"\ufeff{text[..40]}\u200b\u00ad{text[40..]}\u200e", out var code));
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("taste1")]
    [InlineData("taste1abcd")]
    [InlineData("k7m2xq4d")]
    public void Portable_code_rejects_anything_else(string? text) => Assert.False(PortableCode.TryParse(text, out _));

    [Theory]
    [InlineData("taste1abcdefg", true)]
    [InlineData("TASTE2abcdefg", true)]
    [InlineData("tXste1", false)]
    [InlineData("tasteful", false)]
    [InlineData("k7m2xq4d", false)]
    [InlineData("a-whole-sentence-of-words-with-hyphens-between-them-all", false)]
    public void Text_that_begins_like_a_portable_code_is_meant_as_one(string text, bool isMeant) => Assert.Equal(isMeant, PortableCode.IsMeant(text));

    [Fact]
    public void Forty_letters_and_digits_in_a_row_are_meant_as_a_portable_code()
    {
        Assert.True(PortableCode.IsMeant("te1" + new string('x', 37)));
        Assert.False(PortableCode.IsMeant("te1" + new string('x', 36)));
    }

    [Fact]
    public void Numbers_out_of_range_are_clamped()
    {
        var read = PortableCode.From(new(new(1), 1, 1, 0, [100, -100], [100, -100], [1e9f, 0], 1_000_000, 5)).Snapshot;

        Assert.Equal(4095, read.Votes);
        Assert.InRange(read.Deviation[0], 15.9, 16);
        Assert.InRange(read.Deviation[1], -16, -15.9);
        Assert.Equal(16, read.Variance[0], 0.01);
        Assert.Equal(0.0001, read.Variance[1], 1e-6);
    }

    [Fact]
    public void Code_of_an_older_space_works_in_a_newer_one()
    {
        var old = PortableCode.From(Taste(10)).Snapshot;

        // A picture that differs in an axis from before, and one that differs in a later one.
        var taste = Blend.From(old).In(12);
        double Liking(int axis) => TasteModel.FeatureScale(12) * (taste.House[axis] + taste.Deviation[axis]);

        Assert.All(Enumerable.Range(0, 10), axis => Assert.Equal(TasteModel.FeatureScale(10) * old.Mean[axis], Liking(axis), 1e-5));
        Assert.All([10, 11], axis => Assert.Equal(0, Liking(axis)));
    }

    private static TasteSnapshot Taste(int axes) => new(
        new(1),
        1,
        2,
        3,
        [.. Enumerable.Range(0, axes).Select(axis => (axis % 5) - 1.7f)],
        [.. Enumerable.Range(0, axes).Select(axis => (axis % 5) - 2f)],
        [.. Enumerable.Range(0, axes).Select(axis => 0.1f + (axis * 0.05f))],
        212,
        3);
}
