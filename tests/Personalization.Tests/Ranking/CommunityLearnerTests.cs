using Personalization.Codes;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class CommunityLearnerTests
{
    [Fact]
    public async Task Map_of_pixels_is_fitted_again_when_pictures_of_another_painter_are_ranked()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.MeasureAsync();
        var learner = world.CommunityLearner();
        await world.VoteAsync(RankingWorld.Ann, 60);
        var first = (await learner.LearnAsync(Token))!.Space.Map;
        await world.VoteAsync(RankingWorld.Ann, 60);
        var second = (await learner.LearnAsync(Token))!.Space.Map;

        world.Pictures.PaintedBy("Words big");
        await world.VoteAsync(RankingWorld.Bob, 60);
        var third = (await learner.LearnAsync(Token))!.Space.Map;

        Assert.NotNull(first);
        Assert.Same(first, second);
        Assert.Null(first.Source);
        Assert.Equal("Words big", third!.Source);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Community_learner_does_not_fit_for_few_votes()
    {
        await using var world = await RankingWorld.CreateAsync();
        await world.VoteAsync(RankingWorld.Ann, 49);

        Assert.Null(await world.CommunityLearner().LearnAsync(Token));
        Assert.Equal(0, world.Community.Now.Version);
    }

    [Fact]
    public async Task House_style_and_prior_of_each_taste_are_what_the_community_likes()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        for (var person = 10ul; person < 22; person++)
        {
            await world.VoteAsync(RankingWorld.VoterOf(person), 40);
        }

        var fitted = await world.CommunityLearner().LearnAsync(Token);

        Assert.Equal(1, fitted!.Version);
        Assert.Same(fitted, world.Community.Now);
        Assert.True(fitted.Prior.Mean[StyleWorld.Vividness] > 1, $"{fitted.Prior.Mean[StyleWorld.Vividness]}");

        // A newcomer is believed to like it too.
        var newcomer = await world.Learner.RebuildAsync(new(99), Token);
        Assert.Equal(fitted.Prior.Mean.ToArray(), newcomer.Taste.Mean.ToArray());
        var house = Blend.FromCommunity(fitted)!;
        Assert.Equal(fitted.Prior.Mean[StyleWorld.Vividness], house.Deviation[StyleWorld.Vividness]);
        Assert.Equal(0, house.House[StyleWorld.Vividness]);
    }

    [Fact]
    public async Task House_style_is_null_before_any_vote()
    {
        await using var world = await RankingWorld.CreateAsync();

        Assert.Null(Blend.FromCommunity(world.Community.Now));
    }

    [Fact]
    public async Task Votes_go_on_while_the_community_moves_and_are_learnt_in_the_new_one()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        for (var person = 10ul; person < 16; person++)
        {
            await world.VoteAsync(RankingWorld.VoterOf(person), 20);
        }

        var shown = await world.VoteAsync(RankingWorld.Ann, 10);
        await world.CommunityLearner().LearnAsync(Token);
        var result = await world.Box.AnswerAsync(RankingWorld.Ann, shown[^1].Pair.Id, RankingWorld.MoreVivid(shown[^1]), Token);

        Assert.Equal(11, Assert.IsType<BallotResult.Counted>(result).Next.Progress.Votes);
        Assert.Same(world.Community.Now, (await world.Learner.RebuildAsync(RankingWorld.Ann.Profile, Token)).Community);
    }

    [Fact]
    public async Task Next_start_takes_up_the_last_fit()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.VoteAsync(RankingWorld.Ann, 60);
        var fitted = await world.CommunityLearner().LearnAsync(Token);

        var next = new CurrentCommunity(StyleWorld.Community());
        await world.CommunityLearner(next).ResumeAsync(Token);

        Assert.Equal(fitted!.Version, next.Now.Version);
        Assert.Equal(fitted.Prior.Mean.ToArray(), next.Now.Prior.Mean.ToArray());
    }

    [Fact]
    public async Task Second_fit_waits_for_news_and_goes_on_from_the_first()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        var learner = world.CommunityLearner();
        await world.VoteAsync(RankingWorld.Ann, 60);
        await learner.LearnAsync(Token);

        Assert.Null(await learner.LearnAsync(Token));

        await world.VoteAsync(RankingWorld.Bob, 60);
        Assert.Equal(2, (await learner.LearnAsync(Token))!.Version);
    }

    [Fact]
    public async Task Once_pictures_are_measured_taste_is_about_more_than_style_and_codes_stay_as_long_as_they_were()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.MeasureAsync();
        await world.VoteAsync(RankingWorld.Ann, 60);

        var fitted = await world.CommunityLearner().LearnAsync(Token);

        Assert.Equal(5 + 3, fitted!.Space.Dimension);
        var (_, snapshot) = await new CodeIssuer(world.Learner, new SnapshotsInMemory()).IssueAsync(RankingWorld.Ann.Profile, Token);
        Assert.Equal(5, snapshot.Mean.Count);
        Assert.Equal(fitted.Version, snapshot.PriorVersion);
    }

    [Fact]
    public async Task Community_of_an_earlier_version_serves_while_pictures_are_measured_with_an_encoder_and_is_then_fitted_with_it()
    {
        const string Encoded = "fake-1+encoder-1";
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.MeasureAsync();
        await world.VoteAsync(RankingWorld.Ann, 60);
        var old = await world.CommunityLearner().LearnAsync(Token);
        var codes = new CodeIssuer(world.Learner, new SnapshotsInMemory());
        var code = await codes.IssueAsync(RankingWorld.Ann.Profile, Token);
        var before = await world.TasteOfAsync(RankingWorld.Ann);

        // The next start has an encoder, and measures picture by picture; a part of them is measured when the votes ask for a fit.
        world.Community.Change(StyleWorld.Community());
        var encoder = new FakeExtractor(embedding: 80) { Version = Encoded };
        var learner = world.CommunityLearner(extractor: encoder);
        await learner.ResumeAsync(Token);
        await world.MeasureAsync(FeatureSpace.MinPictures + 10, Encoded, embedding: 80);
        Assert.Equal(before.Mean.ToArray(), (await world.TasteOfAsync(RankingWorld.Ann)).Mean.ToArray());
        await world.VoteAsync(RankingWorld.Bob, 60);
        var between = await learner.LearnAsync(Token);

        Assert.Equal(5 + 3, between!.Space.Dimension);
        Assert.Equal(old!.Space.Map!.Means, between.Space.Map!.Means);

        await world.MeasureAsync(version: Encoded, embedding: 80);
        await world.VoteAsync(RankingWorld.Bob, 60);
        var last = await learner.LearnAsync(Token);

        Assert.Equal(5 + 3 + FeatureSpace.EmbeddingComponents, last!.Space.Dimension);
        Assert.Equal(Encoded, last.Space.Map!.ExtractorVersion);
        Assert.Equal(5 + 3 + FeatureSpace.EmbeddingComponents, (await world.TasteOfAsync(RankingWorld.Ann)).Mean.Length);
        Assert.Equal(code, await codes.IssueAsync(RankingWorld.Ann.Profile, Token));
    }

    [Fact]
    public async Task Map_of_pixels_is_fitted_on_a_thread_for_long_work()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        await world.MeasureAsync();
        await world.VoteAsync(RankingWorld.Ann, 60);
        var extractor = new ThreadRecorder();

        await world.CommunityLearner(extractor: extractor).LearnAsync(Token);

        Assert.Equal("compute long", extractor.FittedOn);
    }

    [Fact]
    public async Task Fit_of_a_smaller_vocabulary_is_refused_and_the_next_fit_is_newer_all_the_same()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        for (var version = 1; version <= 3; version++)
        {
            await world.Communities.SaveAsync(new(null, null, CommunityPrior.Initial(4).WithVersion(version)), 1, 1, Token);
        }

        var learner = world.CommunityLearner();
        await learner.ResumeAsync(Token);
        Assert.Equal(0, world.Community.Now.Version);

        await world.VoteAsync(RankingWorld.Ann, 60);
        Assert.Equal(4, (await learner.LearnAsync(Token))!.Version);
        Assert.Equal(4, (await world.Communities.LatestAsync(Token))!.Prior.Version);
    }

    [Fact]
    public async Task Picture_that_many_people_like_is_looked_at_once()
    {
        await using var world = await RankingWorld.CreateAsync(prompts: 40);
        var liked = await world.MadeAsync(RankingWorld.Bob.Person, new(1, 0, 0, 0, 0));
        var beside = await world.MadeAsync(RankingWorld.Bob.Person, new(-1, 0, 0, 0, 0));
        for (var person = 10ul; person < 62; person++)
        {
            await world.Box.LikeAsync(RankingWorld.VoterOf(person), liked, [beside], Token);
        }

        world.Pictures.Found.Clear();
        await world.CommunityLearner().LearnAsync(Token);

        Assert.Equal([liked, beside], world.Pictures.Found.OrderBy(id => id.Value));
    }

    /// <summary>Knows which thread a map was fitted on, which asks for the length of the embedding.</summary>
    private sealed class ThreadRecorder : IFeatureExtractor
    {
        private readonly FakeExtractor _fake = new();

        public string? FittedOn { get; private set; }

        public string Version => _fake.Version;

        public IReadOnlyList<PictureMeasure> Measures => _fake.Measures;

        public int EmbeddingLength
        {
            get
            {
                FittedOn = Thread.CurrentThread.Name;
                return 0;
            }
        }

        public float[] Extract(ReadOnlyMemory<byte> picture) => _fake.Extract(picture);
    }
}
