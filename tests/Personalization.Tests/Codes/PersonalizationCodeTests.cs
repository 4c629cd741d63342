using CsCheck;
using Personalization.Codes;
using Xunit;

namespace Personalization.Tests.Codes;

public sealed class PersonalizationCodeTests
{
    private static readonly Gen<string> Codes = Gen.ULong.Select(number => PersonalizationCode.FromNumber(number).ToString());

    [Fact]
    public void Code_is_eight_characters_that_read_back()
    {
        Codes.Sample(text =>
        {
            Assert.Equal(8, text.Length);
            Assert.All(text, character => Assert.Contains(character, PersonalizationCode.Alphabet));
            Assert.True(PersonalizationCode.TryParse(text, out var code));
            Assert.Equal(text, code.ToString());
        });
    }

    [Fact]
    public void Code_check_detects_any_wrong_character()
    {
        // Every printable ASCII character in every place, but for the other case of the right one.
        Codes.Sample(text =>
        {
            for (var place = 0; place < text.Length; place++)
            {
                for (var wrong = ' '; wrong <= '~'; wrong++)
                {
                    if (char.ToLowerInvariant(wrong) != text[place])
                    {
                        Assert.False(PersonalizationCode.TryParse(text[..place] + wrong + text[(place + 1)..], out _), $"{text} with {wrong} at {place}");
                    }
                }
            }
        });
    }

    [Fact]
    public void Code_check_detects_any_swap_of_neighbours()
    {
        Codes.Sample(text =>
        {
            for (var place = 0; place + 1 < text.Length; place++)
            {
                if (text[place] != text[place + 1])
                {
                    var swapped = text[..place] + text[place + 1] + text[place] + text[(place + 2)..];
                    Assert.False(PersonalizationCode.TryParse(swapped, out _), $"{text} as {swapped}");
                }
            }
        });
    }

    [Fact]
    public void Case_does_not_matter()
    {
        Gen.Select(Codes, Gen.Bool.Array[8]).Sample((text, upper) =>
        {
            var mixed = string.Concat(text.Select((character, place) => upper[place] ? char.ToUpperInvariant(character) : character));

            Assert.True(PersonalizationCode.TryParse(mixed, out var code));
            Assert.True(PersonalizationCode.TryParse(text, out var same));
            Assert.Equal(same, code);
            Assert.Equal(same.GetHashCode(), code.GetHashCode());
            Assert.Equal(text, code.ToString());
        });
    }

    [Fact]
    public void Different_numbers_have_different_codes_and_one_number_one()
    {
        var codes = Enumerable.Range(0, 100_000).Select(number => PersonalizationCode.FromNumber((ulong)number).ToString()).ToHashSet();

        Assert.Equal(100_000, codes.Count);
        Assert.Equal(PersonalizationCode.FromNumber(7), PersonalizationCode.FromNumber(7 + (ulong)Math.Pow(31, 7)));
        Assert.Equal(PersonalizationCode.FromNumber(0), default);
    }

    [Fact]
    public void Code_never_changes_from_one_release_to_the_next()
    {
        Assert.Equal("22222223", PersonalizationCode.FromNumber(0).ToString());
        Assert.Equal("2222223y", PersonalizationCode.FromNumber(1).ToString());
        Assert.Equal("zzzzzzzu", PersonalizationCode.FromNumber((ulong)Math.Pow(31, 7) - 1).ToString());
        Assert.True(PersonalizationCode.TryParse("k7m2xq4d", out _));
    }

    [Fact]
    public void Alphabet_has_no_look_alikes()
    {
        Assert.DoesNotContain(PersonalizationCode.Alphabet, character => "01ilo".Contains(character));
        Assert.Equal(31, PersonalizationCode.Alphabet.Distinct().Count());
        Assert.Equal(PersonalizationCode.Alphabet, PersonalizationCode.Alphabet.ToLowerInvariant());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2222222")]
    [InlineData("222222222")]
    [InlineData("2222222０")]
    [InlineData("2222222\u212A")]
    public void Code_rejects_anything_else(string? text)
    {
        Assert.False(PersonalizationCode.TryParse(text, out var code));
        Assert.Equal(default, code);
    }

    [Fact]
    public void Code_rejects_the_Kelvin_sign()
    {
        var withK = Enumerable.Range(0, 1000).Select(number => PersonalizationCode.FromNumber((ulong)number).ToString()).First(text => text.Contains('k'));

        Assert.False(PersonalizationCode.TryParse(withK.Replace('k', '\u212A'), out _));
    }
}
