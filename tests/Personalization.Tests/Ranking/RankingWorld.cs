using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Personalization.Votes;
using Xunit;

namespace Personalization.Tests.Ranking;

/// <summary>Everything ranking is made of, over stores in memory.</summary>
internal sealed class RankingWorld : IAsyncDisposable
{
    private readonly PicturesInMemory _pictures;
    private readonly List<TasteCache> _caches = [];

    private RankingWorld(PicturesInMemory pictures)
    {
        _pictures = pictures;
        Unlock = new(Ballots, Options.Create(new RankingOptions { UnlockAt = 200 }));
        Pools = new(_pictures, Likeness, Community, Options.Create(new RankingOptions()));
        (Box, Tastes, Learner) = Start();
    }

    /// <summary>Where all of them are.</summary>
    public static GuildId Guild { get; } = new(5);

    public static Voter Ann { get; } = VoterOf(1);

    public static Voter Bob { get; } = VoterOf(2);

    public GuildsInMemory Guilds { get; } = new();

    public BallotsInMemory Ballots { get; } = new();

    public PicturesInMemory Pictures => _pictures;

    /// <summary>Of an encoder that gives two numbers, after three measures.</summary>
    public PictureLikeness Likeness { get; } = new(new FakeExtractor(embedding: 2));

    public CurrentCommunity Community { get; } = new(StyleWorld.Community());

    public CommunitiesInMemory Communities { get; } = new();

    public UnlockRule Unlock { get; }

    public PoolSource Pools { get; }

    public BallotBox Box { get; }

    public TasteCache Tastes { get; }

    public TasteLearner Learner { get; }

    public static async Task<RankingWorld> CreateAsync(int prompts = 20, int stylesEach = 6, float scale = 1)
    {
        var pictures = new PicturesInMemory();
        var ranking = StyleWorld.RankingPictures(prompts, stylesEach).Select(picture => picture with { Style = new([.. picture.Style!.Coordinates.ToArray().Select(coordinate => scale * coordinate)]) });
        await pictures.AddAsync([.. ranking], TestContext.Current.CancellationToken);
        return new(pictures);
    }

    /// <summary>What a start of the program makes: only what is stored is known.</summary>
    public (BallotBox Box, TasteCache Tastes, TasteLearner Learner) Start()
    {
        var options = Options.Create(new RankingOptions());
        var pools = new PoolSource(_pictures, Likeness, Community, options);
        var learner = new TasteLearner(Ballots, _pictures, pools);
        var tastes = new TasteCache(Ballots, learner, Community);
        _caches.Add(tastes);
        return (new(Ballots, _pictures, Guilds, tastes, pools, Unlock, new Random(1)), tastes, learner);
    }

    public CommunityLearner CommunityLearner(CurrentCommunity? community = null, IFeatureExtractor? extractor = null) =>
        new(Ballots, _pictures, extractor ?? new FakeExtractor(), Communities, StyleWorld.Vocabulary, community ?? Community, TestRun.Threads);

    /// <summary>Measures pictures: three numbers that chance gives, then those of an embedding.</summary>
    /// <param name="count">How many of them, the first ones.</param>
    public async Task MeasureAsync(int count = int.MaxValue, string version = "fake-1", int embedding = 0)
    {
        var random = new Random(1);
        foreach (var picture in await _pictures.RankingPicturesAsync(TestContext.Current.CancellationToken))
        {
            float[] measures = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            if (count-- > 0)
            {
                var encoded = new Random((int)picture.Id.Value);
                await _pictures.SetFeaturesAsync(picture.Id, new(version, [.. measures, .. Enumerable.Range(0, embedding).Select(_ => encoded.NextSingle())]), TestContext.Current.CancellationToken);
            }
        }
    }

    public async Task<PictureId> MadeAsync(PersonId author, StyleVector style, PictureKind kind = PictureKind.Made)
    {
        var picture = new Picture { Kind = kind, Author = author, Guild = Guild, Prompt = "a boat", Style = style, Seed = 1, Width = 8, Height = 8 };
        return (await _pictures.AddAsync([picture], TestContext.Current.CancellationToken))[0].Id;
    }

    /// <summary>Answers pairs, always with the more vivid picture.</summary>
    /// <returns>The pairs in the order they were shown, the one now open last.</returns>
    public async Task<IReadOnlyList<Ballot>> VoteAsync(Voter voter, int count)
    {
        var ballot = await Box.OpenAsync(voter, TestContext.Current.CancellationToken);
        var shown = new List<Ballot> { ballot };
        for (var i = 0; i < count; i++)
        {
            var result = await Box.AnswerAsync(voter, ballot.Pair.Id, MoreVivid(ballot), TestContext.Current.CancellationToken);
            ballot = Assert.IsType<BallotResult.Counted>(result).Next;
            shown.Add(ballot);
        }

        return shown;
    }

    public static Voter VoterOf(ulong person) => new(new(person), ProfileId.FirstOf(new(person)), Guild);

    public static Choice MoreVivid(Ballot ballot) => StyleWorld.MoreVivid(ballot.Left.Style!, ballot.Right.Style!) ? Choice.Left : Choice.Right;

    public async Task<TastePosterior> TasteOfAsync(Voter voter) => (await Learner.RebuildAsync(voter.Profile, TestContext.Current.CancellationToken)).Taste;

    public ValueTask DisposeAsync()
    {
        _caches.ForEach(cache => cache.Dispose());
        return ValueTask.CompletedTask;
    }
}
