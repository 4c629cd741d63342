using Personalization.App.Cli;
using Personalization.Lab.Evaluation;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>What leaves a server, and that it can be judged.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Pictures = 24;

    private readonly TemporaryFolder _folder = new();
    private readonly StyleVocabulary _vocabulary = new(1, [new("vividness", "muted", "vivid", []), new("detail", "plain", "detailed", [])], []);
    private readonly SyntheticVoters _voters = SyntheticVoters.Draw(people: 8, pictures: Pictures, votes: 40, features: 3, tieOdds: 0.3);

    private string Votes => Path.Combine(_folder.FullName, "votes.csv");

    private string PicturesFile => Path.Combine(_folder.FullName, "pictures.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_can_be_evaluated()
    {
        var exported = await ExportAsync(await CreateAsync(Style));

        var report = TasteEvaluation.Run(new() { Votes = Votes, Pictures = PicturesFile, At = [10, 20] }, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal(new(8, Pictures, _voters.Rows.Count, 0), exported);
        Assert.Null(report.Problem);
        Assert.Equal(8, report.Report!.Counts.People);
        Assert.Equal(2, report.Report.Counts.Features);
        Assert.Equal(8, report.Report.Changes!.People);
    }

    [Fact]
    public async Task Votes_are_exported_in_order_with_their_day_and_under_pseudonyms()
    {
        await ExportAsync(await CreateAsync(Style));

        var lines = await File.ReadAllLinesAsync(Votes, TestContext.Current.CancellationToken);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.Equal("person,left,right,choice,time", lines[0]);
        Assert.All(rows, row => Assert.Matches("^[0-9a-f]{32}$", row[0]));
        Assert.DoesNotContain("80351110224678912", await File.ReadAllTextAsync(Votes, TestContext.Current.CancellationToken));
        Assert.Equal(rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal), rows.Select(row => row[0]).Distinct());
        Assert.Contains(rows, row => row[3] == "skip" && row[4] == "2026-05-02");

        // One person's rows are those of one person of the store, in order.
        var expected = _voters.Rows.GroupBy(row => row.Person).Select(person => string.Join(' ', person.Select(row => $"{row.Left + 1}/{row.Right + 1}/{row.Choice}"))).Order(StringComparer.Ordinal);
        Assert.Equal(expected, rows.GroupBy(row => row[0]).Select(person => string.Join(' ', person.Select(row => $"{row[1]}/{row[2]}/{row[3]}"))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Export_leaves_withdrawn_pairs_out()
    {
        var pair = new Pair(1, new(1), new(1), new(2), Choice.Left);
        ProfileBallots[] people = [new(new(1), [pair, pair with { Id = 2, Choice = Choice.Withdrawn }], []), new(new(2), [pair with { Choice = Choice.Withdrawn }], [])];

        var exported = await ExportAsync(await CreateAsync(Style, people));

        Assert.Equal((1, 1, 0), (exported.People, exported.Rows, exported.LeftOut));
    }

    [Fact]
    public async Task Exports_share_no_pseudonyms()
    {
        await ExportAsync(await CreateAsync(Style));
        var first = await PeopleAsync();
        await ExportAsync(await CreateAsync(Style));

        Assert.Empty(first.Intersect(await PeopleAsync()));
    }

    [Fact]
    public async Task Pictures_are_exported_as_the_model_sees_them()
    {
        await ExportAsync(await CreateAsync(Style));

        var lines = await File.ReadAllLinesAsync(PicturesFile, TestContext.Current.CancellationToken);
        var space = new FeatureSpace(_vocabulary, null, null);
        var seen = space.FeaturesOf(PictureOf(3, Style(3)))!;
        Assert.Equal("picture,vividness,detail", lines[0]);
        Assert.Equal(FormattableString.Invariant($"3,{seen.Values[0]},{seen.Values[1]}"), lines[3]);
    }

    [Fact]
    public async Task Measures_and_embedding_are_named_after_what_they_are()
    {
        var extractor = new FakeExtractor(embedding: 2) { Measures = [new("colourfulness", "muted", "colourful"), new("warmth", "cool", "warm")] };
        var pictures = Enumerable.Range(1, 120).Select(id => PictureOf(id, Style(id)) with { Prompt = $"prompt {id / 4}", Features = new(extractor.Version, [id % 7, id % 5, id % 3, id % 11]) }).ToArray();
        var map = FeatureSpace.Fit(_vocabulary, extractor, pictures)!;
        var space = new FeatureSpace(_vocabulary, map, null);

        await ExportAsync(await CreateAsync(space, pictures, People()));

        var lines = await File.ReadAllLinesAsync(PicturesFile, TestContext.Current.CancellationToken);
        Assert.Equal("picture,vividness,detail,measured_colourfulness,measured_warmth,embedding_1,embedding_2", lines[0]);
        Assert.All(lines, line => Assert.Equal(7, line.Split(',').Length));
    }

    [Fact]
    public async Task Votes_about_pictures_of_which_nothing_is_known_are_left_out_and_counted()
    {
        var exported = await ExportAsync(await CreateAsync(picture => picture == 5 ? null : Style(picture)));

        var expected = _voters.Rows.Count(row => row.Left == 4 || row.Right == 4);
        Assert.Equal(new(8, Pictures - 1, _voters.Rows.Count - expected, expected), exported);
    }

    [Fact]
    public async Task Export_votes_says_what_it_wrote_and_writes_over_nothing_unasked()
    {
        var command = ExportVotesCommand.Create((_, _) => CreateAsync(Style));

        var (code, output, _) = await CommandTests.InvokeAsync(command, "--votes", Votes, "--pictures", PicturesFile);
        Assert.Equal(0, code);
        Assert.Contains($"{_voters.Rows.Count} votes and skips of 8 people: {Votes}", output);

        var before = await PeopleAsync();
        var (again, _, error) = await CommandTests.InvokeAsync(command, "--votes", Votes, "--pictures", PicturesFile);
        Assert.Equal(1, again);
        Assert.Contains($"{Votes} exists already. Name another file, or add --force to replace it.", error);
        Assert.Equal(before, await PeopleAsync());

        Assert.Equal(0, (await CommandTests.InvokeAsync(command, "--votes", Votes, "--pictures", PicturesFile, "--force")).Code);
        Assert.NotEqual(before, await PeopleAsync());
    }

    [Fact]
    public async Task Export_votes_says_where_it_cannot_write()
    {
        var command = ExportVotesCommand.Create((_, _) => CreateAsync(Style));

        Assert.Contains("are both same.csv. Name two files.", (await CommandTests.InvokeAsync(command, "--votes", "same.csv", "--pictures", "same.csv")).Error);
        var (code, _, error) = await CommandTests.InvokeAsync(command, "--votes", Path.Combine(_folder.FullName, "nowhere", "votes.csv"), "--pictures", PicturesFile);
        Assert.Equal(1, code);
        Assert.StartsWith("The files cannot be written: ", error);
    }

    private async Task<ExportedVotes> ExportAsync(VotesExport export) =>
        await export.WriteAsync(Votes, PicturesFile, TestContext.Current.CancellationToken);

    private async Task<string[]> PeopleAsync() =>
        [.. (await File.ReadAllLinesAsync(Votes, TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split(',')[0]).Distinct()];

    private Task<VotesExport> CreateAsync(Func<int, StyleVector?> styleOf, ProfileBallots[]? people = null) =>
        CreateAsync(new FeatureSpace(_vocabulary, null, null), [.. Enumerable.Range(1, Pictures).Select(id => PictureOf(id, styleOf(id)))], people ?? People());

    private static async Task<VotesExport> CreateAsync(FeatureSpace space, IReadOnlyList<Picture> pictures, ProfileBallots[] people)
    {
        var (ballots, store) = (new BallotsInMemory(), new PicturesInMemory());
        await store.AddAsync(pictures, Cancellation);
        foreach (var pair in people.SelectMany(person => person.Answered))
        {
            await ballots.OpenAsync(pair, Cancellation);
        }

        return new(ballots, store, new(new(space, space.InitialPrior())));
    }

    private ProfileBallots[] People() =>
        [.. _voters.Rows.GroupBy(row => row.Person).Select(person => new ProfileBallots(IdOf(person.Key), [.. person.Select(PairOf)], []))];

    private static Pair PairOf(SyntheticVoters.Row row) => new(row.Index, IdOf(row.Person), new(row.Left + 1), new(row.Right + 1), row.Choice switch { "left" => Choice.Left, "right" => Choice.Right, _ => Choice.Skip })
    {
        AnsweredAt = new DateTimeOffset(2026, 5, 1, 23, 58, 0, TimeSpan.Zero).AddMinutes(row.Index),
    };

    private static ProfileId IdOf(int person) => new(80351110224678912UL + (ulong)person);

    // Every other picture was made by a person: an export holds what was voted on, wherever it came from.
    private static Picture PictureOf(int id, StyleVector? style) => new()
    {
        Id = new(id),
        Kind = id % 2 == 0 ? PictureKind.Ranking : PictureKind.Made,
        Prompt = "a boat",
        Style = style,
        Seed = 1,
        Width = 8,
        Height = 8,
    };

    private static StyleVector Style(int id) => new(MathF.Sin(id), MathF.Cos(id * 3));
}
