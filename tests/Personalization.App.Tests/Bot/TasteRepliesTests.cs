using System.Globalization;
using Personalization.Codes;
using Personalization.Styles;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/taste</c> and <c>/code</c> answer.</summary>
public sealed class TasteRepliesTests
{
    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Taste_claims_nothing_of_somebody_who_has_not_voted()
    {
        await using var program = await TasteProgram.CreateAsync();

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Contains("It is early", shown.Text);
        Assert.DoesNotContain("You like", shown.Text);
        Assert.Contains("0 of 200", shown.Text);
        Assert.Matches("More votes could raise how many of your choices are foretold by about [0-9]+ points", shown.Text);
        Assert.Equal(0, shown.Files);
        Assert.False(shown.IsAtOnce);
    }

    [Fact]
    public async Task Taste_is_told_before_it_opens_with_the_choices_that_say_so()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);

        var shown = await program.SayAsync(Ann, "taste");

        var axis = program.Get<StyleVocabulary>().Axes[0];
        Assert.Contains($"**{axis.High}** rather than {axis.Low}", shown.Text);
        Assert.Contains("60 of 200", shown.Text);
        Assert.Contains("More votes could raise", shown.Text);
        Assert.Contains($"1. **{axis.High}**: this one of two of", shown.Text);
        Assert.InRange(shown.Files, 1, 6);
    }

    [Fact]
    public async Task Taste_tells_how_often_choices_were_foretold()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 150);

        Assert.Matches("Of the last [1-6][0-9] pairs picked by chance, [0-9]+ of your choices were foretold \\([0-9]+%, give or take [0-9]+%\\)", (await program.SayAsync(Ann, "taste")).Text);
    }

    [Fact]
    public async Task Taste_is_told_without_a_picture_whose_file_is_gone()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        var before = await program.SayAsync(Ann, "taste");
        var files = Directory.GetFiles(Path.Combine(program.Folder, "pictures"), "*.png", SearchOption.AllDirectories);

        // The Painter would paint its own again.
        await program.ExecuteAsync("UPDATE Pictures SET Source = 'Words big'");
        File.Delete(files[0]);
        var after = await program.SayAsync(Ann, "taste");

        Assert.Equal(before.Files, files.Length);
        Assert.Equal(before.Files - 1, after.Files);
        Assert.Contains("You like", after.Text);
    }

    [Fact]
    public async Task A_fault_after_the_bot_began_to_think_is_told_in_its_place()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.ExecuteAsync("DROP TABLE Pairs");

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Contains("Something went wrong on our side", shown.Text);
        Assert.False(shown.IsAtOnce);
    }

    [Fact]
    public async Task A_code_tells_what_it_likes_how_it_was_learnt_and_how_to_carry_it()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        var (code, snapshot) = await program.Get<CodeIssuer>().IssueAsync(Ann, Cancellation);

        var shown = await program.SayAsync(Bob, "code", ("code", $" {code.ToString().ToUpperInvariant()} "));

        Assert.Contains($"### `--p {code}`", shown.Text);
        Assert.Contains($"It likes **{program.Get<StyleVocabulary>().Axes[0].High}**", shown.Text);
        Assert.Contains("Learnt from 60 choices", shown.Text);
        Assert.Contains(PortableCode.From(snapshot).ToString(), shown.Text);
        Assert.True(shown.IsAtOnce);
    }

    [Fact]
    public async Task A_portable_code_is_taken_in_and_named()
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
    public async Task A_code_may_come_with_what_a_chat_puts_around_it(string written)
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
    public async Task Two_codes_are_compared_and_opposite_ones_are_told_to_take_turns()
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
        Assert.Contains("better take turns", opposite.Text);
    }

    [Theory]
    [InlineData("k7m2xq4e", "is no code")]
    [InlineData("k7m2xq4d::-0.5", "`k7m2xq4d::-0.5` is no code")]
    [InlineData("", "`` is no code")]
    [InlineData("`@everyone`", "`'@everyone'` is no code")]
    [InlineData("taste1abcdefghijk", "a character is wrong or missing")]
    public async Task What_is_no_code_is_said(string text, string message)
    {
        await using var program = await TasteProgram.CreateAsync();

        Assert.Contains(message, (await program.SayAsync(Bob, "code", ("code", text))).Text);
    }

    [Fact]
    public async Task A_code_that_nobody_has_is_named_on_either_side()
    {
        await using var program = await TasteProgram.CreateAsync();
        var unknown = PersonalizationCode.FromNumber(12345);
        var known = PortableCode.From(Snapshot(1, [3, 0, 0]));

        Assert.Contains($"Nobody has the code `{unknown}` here", (await program.SayAsync(Bob, "code", ("code", unknown.ToString()))).Text);
        Assert.Contains($"Nobody has the code `{unknown}` here", (await program.SayAsync(Bob, "code", ("code", known.ToString()), ("with", unknown.ToString()))).Text);
    }

    [Fact]
    public async Task A_portable_code_of_a_later_vocabulary_is_not_guessed_at()
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
