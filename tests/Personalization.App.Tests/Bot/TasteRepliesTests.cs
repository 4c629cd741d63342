using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Personalization.Codes;
using Personalization.Storage;
using Personalization.Styles;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/taste</c> and <c>/code</c> answer.</summary>
public sealed class TasteRepliesTests
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);

    [Fact]
    public async Task Taste_claims_nothing_about_a_person_without_votes()
    {
        await using var program = await TasteProgram.CreateAsync();

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Contains("It is too early", shown.Text);
        Assert.DoesNotContain("You like", shown.Text);
        Assert.Contains("0 of 200", shown.Text);
        Assert.Matches("More votes could raise the share of your choices that is predicted correctly by about [0-9]+ points", shown.Text);
        Assert.Equal(0, shown.Files);
        Assert.False(shown.IsAtOnce);
    }

    [Fact]
    public async Task Taste_is_shown_before_it_unlocks_with_the_choices_behind_it()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);

        var shown = await program.SayAsync(Ann, "taste");

        var axis = program.Get<StyleVocabulary>().Axes[0];
        Assert.Contains($"**{axis.High}** rather than {axis.Low}", shown.Text);
        Assert.Contains("60 of 200", shown.Text);
        Assert.Contains("More votes could raise", shown.Text);
        Assert.Contains($"1. **{axis.High}** ✅ rather than {axis.Low}: “", shown.Text);
        Assert.InRange(shown.Files, 2, 10);
        Assert.Equal(0, shown.Files % 2);
        Assert.Contains("you chose the left picture", shown.Text);
    }

    [Fact]
    public async Task Taste_shows_how_often_choices_were_predicted_correctly()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 150);

        Assert.Matches("Your last choices between random pairs were predicted correctly [0-9]+ times out of [1-6][0-9] \\([0-9]+%, give or take [0-9]+%\\)", (await program.SayAsync(Ann, "taste")).Text);
    }

    [Fact]
    public async Task Taste_says_that_it_has_changed()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 100);
        Assert.DoesNotContain("changed", (await program.SayAsync(Ann, "taste")).Text);
        await program.VoteAsync(Ann, 60, prefersLess: true);

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Matches("Your taste seems to have changed about [4-7][0-9] choices ago. What you chose before counts little.", shown.Text);
        Assert.Contains($"**{program.Get<StyleVocabulary>().Axes[0].Low}** rather than", shown.Text);
    }

    [Fact]
    public async Task Taste_is_shown_without_choices_whose_pictures_are_gone()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        var before = await program.SayAsync(Ann, "taste");
        var files = Directory.GetFiles(Path.Combine(program.Folder, "pictures"), "*.png", SearchOption.AllDirectories);

        // The Painter would paint its own again.
        await program.ExecuteAsync("UPDATE Pictures SET Source = 'Words big'");
        Array.ForEach(files, File.Delete);
        var after = await program.SayAsync(Ann, "taste");

        // One choice beyond the five of the first message can take their place.
        Assert.InRange(before.Files, 4, 10);
        Assert.InRange(after.Files, 0, 2);
        Assert.Contains("You like", after.Text);
    }

    [Fact]
    public async Task Fault_after_the_acknowledgement_replaces_it()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("DROP TABLE Pairs");

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Contains("Something went wrong on our side", shown.Text);
        Assert.False(shown.IsAtOnce);
    }

    [Fact]
    public async Task Code_shows_what_it_likes_and_its_portable_form()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        var (code, snapshot) = await program.Get<CodeIssuer>().IssueAsync(ProfileId.FirstOf(Ann), Cancellation);

        var shown = await program.SayAsync(Bob, "code", ("code", $" {code.ToString().ToUpperInvariant()} "));

        Assert.Contains($"### `--p {code}`", shown.Text);
        Assert.Contains($"It likes **{program.Get<StyleVocabulary>().Axes[0].High}**", shown.Text);
        Assert.Contains("Learned from 60 choices", shown.Text);
        Assert.Contains(PortableCode.From(snapshot).ToString(), shown.Text);
        Assert.True(shown.IsAtOnce);
    }

    [Fact]
    public async Task Own_code_is_shown_by_taste_and_code_once_it_is_unlocked()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 200);

        var (taste, own) = (await program.SayAsync(Ann, "taste"), await program.SayAsync(Ann, "code"));

        var (code, snapshot) = await program.Get<CodeIssuer>().IssueAsync(ProfileId.FirstOf(Ann), Cancellation);
        Assert.Contains($"Your code is `--p {code}`, from 200 votes, the last one <t:{program.Time.GetUtcNow().ToUnixTimeSeconds()}:R>.", taste.Text);
        Assert.Contains($"### `--p {code}`", own.Text);
        Assert.Contains("Your own code, from 200 votes.", own.Text);
        Assert.Contains(PortableCode.From(snapshot).ToString(), own.Text);
    }

    [Fact]
    public async Task Own_code_is_not_made_before_it_is_unlocked()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);

        var (taste, own) = (await program.SayAsync(Ann, "taste"), await program.SayAsync(Ann, "code"));

        Assert.DoesNotContain("Your code", taste.Text);
        Assert.Contains("opens after 200 votes and likes", own.Text);
        Assert.Contains("60 of 200", own.Text);
        await using var context = await program.Get<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(Cancellation);
        Assert.Equal([0], await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM Snapshots").ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Code_imports_a_portable_code_and_names_it()
    {
        await using var program = await TasteProgram.CreateAsync();
        var portable = PortableCode.From(Snapshot(1, [3, 0, 0]));

        var shown = await program.SayAsync(Bob, "code", ("code", $"{portable.ToString()[..30]}\n {portable.ToString()[30..]}"));

        var code = CodeIssuer.CodeOf(portable.Snapshot);
        Assert.Contains($"### `--p {code}`", shown.Text);
        Assert.NotNull(await program.Get<CodeIssuer>().FindAsync(code, Cancellation));
    }

    [Theory]
    [InlineData("`{0}`")]
    [InlineData("```\n{0}\n```")]
    [InlineData("**{0}**")]
    [InlineData("`--p {0}`")]
    [InlineData("\u2014P {0}\u200b")]
    public async Task Code_accepts_the_markup_of_a_chat_around_it(string written)
    {
        await using var program = await TasteProgram.CreateAsync();
        var portable = PortableCode.From(Snapshot(1, [3, 0, 0]));
        var code = await program.Get<CodeIssuer>().ImportAsync(portable, Cancellation);

        foreach (var either in (string[])[code.ToString().ToUpperInvariant(), portable.ToString()])
        {
            var shown = await program.SayAsync(Bob, "code", ("code", string.Format(CultureInfo.InvariantCulture, written, either)));
            Assert.Contains($"### `--p {code}`", shown.Text);
        }
    }

    [Fact]
    public async Task Code_compares_two_and_advises_opposite_ones_to_take_turns()
    {
        await using var program = await TasteProgram.CreateAsync();
        var one = PortableCode.From(Snapshot(1, [3, 0, 2]));
        var other = PortableCode.From(Snapshot(1, [-3, 0, -2]));
        var axis = program.Get<StyleVocabulary>().Axes[0];

        var alike = await program.SayAsync(Bob, "code", ("code", one.ToString()), ("with", one.ToString()));
        var opposite = await program.SayAsync(Bob, "code", ("code", one.ToString()), ("with", other.ToString()));

        Assert.Contains($"Both like: {axis.High}", alike.Text);
        Assert.Contains("Both in one picture", alike.Text);
        Assert.Contains($"likes {axis.High}, `{CodeIssuer.CodeOf(other.Snapshot)}` {axis.Low}.", opposite.Text);
        Assert.Contains("better to take turns", opposite.Text);
    }

    [Theory]
    [InlineData("k7m2xq4e", "is not a code")]
    [InlineData("k7m2xq4d::-0.5", "`k7m2xq4d::-0.5` is not a code")]
    [InlineData("", "`` is not a code")]
    [InlineData("`@everyone`", "`'@everyone'` is not a code")]
    [InlineData("taste1abcdefghijk", "a character is wrong or missing")]
    public async Task Code_names_a_text_that_is_not_a_code(string text, string message)
    {
        await using var program = await TasteProgram.CreateAsync();

        Assert.Contains(message, (await program.SayAsync(Bob, "code", ("code", text))).Text);
    }

    [Fact]
    public async Task Code_names_an_unknown_code_on_either_side()
    {
        await using var program = await TasteProgram.CreateAsync();
        var unknown = PersonalizationCode.FromNumber(12345);
        var known = PortableCode.From(Snapshot(1, [3, 0, 0]));

        Assert.Contains($"The code `{unknown}` does not exist here", (await program.SayAsync(Bob, "code", ("code", unknown.ToString()))).Text);
        Assert.Contains($"The code `{unknown}` does not exist here", (await program.SayAsync(Bob, "code", ("code", known.ToString()), ("with", unknown.ToString()))).Text);
    }

    [Fact]
    public async Task Code_does_not_guess_a_portable_code_of_a_later_vocabulary()
    {
        await using var program = await TasteProgram.CreateAsync();
        var version = program.Get<StyleVocabulary>().Version;
        var later = PortableCode.From(Snapshot(version + 1, [1, 2, 3]));

        var shown = await program.SayAsync(Bob, "code", ("code", later.ToString()));

        Assert.Contains($"(version {version + 1}; this one knows {version})", shown.Text);
        Assert.Null(await program.Get<CodeIssuer>().FindAsync(CodeIssuer.CodeOf(later.Snapshot), Cancellation));
    }

    private static TasteSnapshot Snapshot(int spaceVersion, float[] mean) => new(new(1), 1, spaceVersion, 0, mean, mean, [.. mean.Select(_ => 0.1f)], 200, 0);
}
