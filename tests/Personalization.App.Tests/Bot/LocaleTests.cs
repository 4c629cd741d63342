using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Interactions;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.App.Tests.Bot;

/// <summary>The languages that people are answered in, and that none of their texts is incomplete.</summary>
public sealed partial class LocaleTests
{
    private static readonly PersonId Ann = new(1);

    public static TheoryData<string> Locales => [.. Text.Locales];

    [Theory]
    [InlineData("de", "Welches gefällt dir besser?", "0 von 200")]
    [InlineData("en-US", "Which do you like better?", "0 of 200")]
    [InlineData("en-GB", "Which do you like better?", "0 of 200")]
    [InlineData("ja", "Which do you like better?", "0 of 200")]
    [InlineData(null, "Which do you like better?", "0 of 200")]
    public async Task Interaction_is_answered_in_the_language_of_the_client(string? locale, string question, string progress)
    {
        await using var program = await TasteProgram.CreateAsync();
        program.Locale = locale;

        var shown = await program.SayAsync(Ann, "rank");

        Assert.Contains(question, shown.Text);
        Assert.Contains(progress, shown.Text);
        Assert.Equal("", CultureInfo.CurrentUICulture.Name);
    }

    [Fact]
    public async Task Prompt_that_cannot_run_is_explained_in_the_language_of_the_client()
    {
        await using var program = await TasteProgram.CreateAsync();
        program.Locale = "de";

        var shown = await program.SayAsync(Ann, "imagine", ("prompt", "a cat --s 5000"));

        Assert.Contains("`--s` hat den Wert `5000`. Erlaubt: eine ganze Zahl von 0 bis 1000 (ohne Angabe 100). Am nächsten kommt `--s 1000`.", shown.Text);
    }

    [Fact]
    public async Task Traits_are_named_in_the_language_of_the_client()
    {
        await using var program = await TasteProgram.CreateAsync();
        await program.VoteAsync(Ann, 60);
        program.Locale = "de";

        var shown = await program.SayAsync(Ann, "taste");

        Assert.Contains("### Dein Geschmack", shown.Text);
        Assert.Contains("Du magst: **", shown.Text);
        Assert.True(shown.Text.Contains("**kräftig** statt gedämpft (", StringComparison.Ordinal), shown.Text);
    }

    [Theory]
    [InlineData("de", "Als Nächstes dran", "Du hast sie abgebrochen.")]
    [InlineData("fr", "Next in the queue", "It was cancelled, as you asked.")]
    public async Task Delivery_is_in_the_language_of_the_order(string locale, string progress, string reason)
    {
        var queue = new RecordedQueue();
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineQueue>(queue));
        program.Locale = locale;
        await program.SayAsync(Ann, server: "5", """{"id":"8","type":0}""", "imagine", ("prompt", "a red door"));
        var job = Assert.Single(queue.Jobs);

        await program.Get<IDelivery>().ShowProgressAsync(job, new(0, Ahead: 0), Cancellation);
        Assert.Contains(progress, program.Discord.Last().Text);

        await program.Get<IDelivery>().ApologizeAsync(job with { Failure = new JobFailure.Cancelled() }, Cancellation);
        Assert.Contains(reason, program.Discord.Last().Text);
    }

    [Fact]
    public async Task Delivery_of_a_job_from_before_there_were_locales_is_English()
    {
        await using var program = await TasteProgram.CreateAsync();
        var job = JobsProgram.Job(1) with
        {
            ReplyTo = """{"Interaction":{"Id":1,"ApplicationId":9,"Token":"interaction.token","ChannelId":8,"GuildId":5,"ReceivedAt":"2026-05-01T12:00:00+00:00"},"MessageId":7}""",
            Failure = new JobFailure.Sentence("The painter is away."),
        };

        await program.Get<IDelivery>().ApologizeAsync(job, Cancellation);

        Assert.Contains("These pictures could not be made. The painter is away.", program.Discord.Last().Text);
    }

    [Fact]
    public async Task Commands_are_described_in_every_language_within_the_limits_of_Discord()
    {
        await using var program = await TasteProgram.CreateAsync();
        var commands = program.Get<IReadOnlyList<CommandDefinition>>();

        var descriptions = commands.Select(command => (command.Description, command.DescriptionLocalizations))
            .Concat(commands.SelectMany(command => command.Options).Select(option => (option.Description, option.DescriptionLocalizations)));

        Assert.All(commands, command => command.Check());
        Assert.All(descriptions, description =>
        {
            Assert.Equal(Text.Locales, description.DescriptionLocalizations!.Keys);
            Assert.DoesNotContain(description.Description, description.DescriptionLocalizations.Values);
        });
    }

    [Theory]
    [MemberData(nameof(Locales))]
    public async Task Every_sentence_and_word_for_people_is_translated(string locale)
    {
        await using var program = await TasteProgram.CreateAsync();

        var missing = SpokenText.Sentences.Where(sentence => Letter().IsMatch(sentence)).Concat(Words(program)).Except(Translations(locale).Keys).ToList();

        Assert.True(missing.Count == 0, $"Texts.{locale}.resx has no entry for:\n{string.Join('\n', missing)}");
    }

    [Theory]
    [MemberData(nameof(Locales))]
    public async Task Every_translation_is_of_a_sentence_that_the_program_uses_and_keeps_its_placeholders(string locale)
    {
        await using var program = await TasteProgram.CreateAsync();
        var translations = Translations(locale);

        Assert.Empty(translations.Keys.Except(SpokenText.Sentences).Except(Words(program)));
        Assert.All(translations, pair => Assert.Equal(Placeholders(pair.Key), Placeholders(pair.Value)));
    }

    [Fact]
    public void Every_sentence_for_people_is_looked_up()
    {
        Assert.Contains("Which do you like better?", SpokenText.Sentences);
        Assert.Equal(SpokenText.Made, SpokenText.Found);
        Assert.True(SpokenText.Others.Count == 0, $"For Text.Of:\n{string.Join('\n', SpokenText.Others)}");
    }

    /// <summary>The words that are data: the ends of style axes and of measures.</summary>
    private static IEnumerable<string> Words(TasteProgram program) =>
        program.Get<StyleVocabulary>().Axes.SelectMany(axis => new[] { axis.Low, axis.High })
            .Concat(program.Get<IFeatureExtractor>().Measures.SelectMany(measure => new[] { measure.Low, measure.High }));

    private static Dictionary<string, string> Translations(string locale)
    {
        var texts = new ResourceManager("Personalization.App.Bot.Texts", typeof(Text).Assembly);
        return texts.GetResourceSet(CultureInfo.GetCultureInfo(locale), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static SortedSet<string> Placeholders(string text) => new(Placeholder().Matches(text).Select(match => match.Value), StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{L}{2}", RegexOptions.None, 1000)]
    private static partial Regex Letter();
}
