using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class PairPickerTests
{
    private readonly Community _community = StyleWorld.Community();
    private readonly PairHistory _history = new();
    private readonly Random _random = new(1);

    [Fact]
    public void Pair_shows_one_prompt_in_two_pictures()
    {
        var pool = Pool(60, 8);

        for (var i = 0; i < 300; i++)
        {
            var pair = PickNext(pool, _community.Model.Prior);
            Assert.Equal(pair.Left.Prompt, pair.Right.Prompt);
            Assert.NotEqual(pair.Left.Id, pair.Right.Id);
        }
    }

    [Fact]
    public void Pair_picker_repeats_no_pair_until_all_have_been_shown()
    {
        var pool = Pool(40, 6);
        Assert.Equal(600, pool.PairCount);

        for (var i = 0; i < 600; i++)
        {
            PickNext(pool, _community.Model.Prior);
            Assert.Equal(i + 1, _history.Count);
        }

        PickNext(pool, _community.Model.Prior);
        Assert.Equal(600, _history.Count);
    }

    [Fact]
    public void Pair_picker_repeats_no_picture_until_all_have_been_shown()
    {
        var pool = Pool(40, 6);

        for (var i = 0; i < 120; i++)
        {
            PickNext(pool, _community.Model.Prior);
        }

        Assert.All(pool.Pictures, picture => Assert.Equal(1, _history.TimesSeen(picture)));
    }

    [Fact]
    public void Quarter_of_the_first_hundred_pairs_are_left_to_chance_and_most_later_ones()
    {
        var pool = Pool(200, 6);

        var early = Enumerable.Range(0, 100).Count(_ => PickNext(pool, _community.Model.Prior).IsRandom);
        var late = Enumerable.Range(0, 100).Count(_ => PickNext(pool, _community.Model.Prior).IsRandom);

        Assert.InRange(early, 13, 37);
        Assert.InRange(late, 62, 88);
    }

    [Fact]
    public void Expectation_is_that_of_the_left_picture()
    {
        var pool = Pool(60, 8);
        var taste = _community.Model.Rebuild(StyleWorld.Votes(30, seed: 2, StyleWorld.MoreVivid));

        for (var i = 0; i < 50; i++)
        {
            var pair = PickNext(pool, taste);
            Assert.Equal(
                _community.Model.Probability(taste, pool.Find(pair.Left.Id)!.Features, pool.Find(pair.Right.Id)!.Features),
                pair.Expectation,
                1e-12);
        }
    }

    [Fact]
    public void First_twenty_pairs_ask_about_every_axis()
    {
        var pool = Pool(60, 8);

        for (var i = 0; i < 20; i++)
        {
            PickNext(pool, _community.Model.Prior);
        }

        // Twenty pairs are four for each of five axes.
        Assert.All(Enumerable.Range(0, 5), axis => Assert.InRange(_history.Coverage(axis), 2.5, 6));
    }

    [Fact]
    public void Informed_pairs_after_those_teach_more_than_random_ones()
    {
        var pool = Pool(60, 8);
        var taste = _community.Model.Rebuild(StyleWorld.Votes(30, seed: 2, StyleWorld.MoreVivid));
        for (var i = 0; i < 20; i++)
        {
            PickNext(pool, taste);
        }

        var picked = Enumerable.Range(0, 60).Select(_ => PickNext(pool, taste, isRandom: false)).Average(pair => Information(taste, pool.Find(pair.Left.Id)!.Features, pool.Find(pair.Right.Id)!.Features));
        var random = pool.Prompts.Average(prompt => Information(taste, prompt[0].Features, prompt[1].Features));

        Assert.True(picked > 1.5 * random, $"{picked} nats against {random}");
    }

    [Fact]
    public void Informative_prompt_is_not_shown_over_and_over()
    {
        // The styles of the first prompts lie farther apart, so that their pairs tell more.
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(20, 8).Select(picture => picture with
        {
            Style = new([.. picture.Style!.Coordinates.ToArray().Select(coordinate => coordinate * (1 - (picture.Id.Value / 200f)))]),
        }));

        for (var i = 0; i < 60; i++)
        {
            PickNext(pool, _community.Model.Prior, isRandom: false);
        }

        Assert.InRange(pool.Prompts.Max(prompt => _history.TimesAsked(prompt[0])), 1, 4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void Prompt_comes_again_only_after_all_others_and_two_hundred_pairs_show_none_a_third_time(bool? isRandom)
    {
        var pool = Pool(128, 6);

        for (var i = 0; i < 200; i++)
        {
            PickNext(pool, _community.Model.Prior, isRandom);
            Assert.InRange(pool.Prompts.Max(prompt => _history.TimesAsked(prompt[0])), 1, 1 + (i / 128));
        }
    }

    [Fact]
    public void Prompts_stay_even_when_every_picture_has_been_shown()
    {
        var pool = Pool(20, 4);

        for (var i = 0; i < 60; i++)
        {
            PickNext(pool, _community.Model.Prior);
        }

        Assert.All(pool.Prompts, prompt => Assert.Equal(3, _history.TimesAsked(prompt[0])));
    }

    [Fact]
    public void Expected_choice_is_on_the_left_as_often_as_on_the_right()
    {
        var pool = Pool(60, 8);
        var taste = _community.Model.Rebuild(StyleWorld.Votes(30, seed: 2, StyleWorld.MoreVivid));

        var left = Enumerable.Range(0, 400).Count(_ => PickNext(pool, taste).Expectation > 0.5);

        Assert.InRange(left, 199, 201);
    }

    [Fact]
    public void Equal_chance_and_history_give_the_same_pair()
    {
        var pool = Pool(60, 8);

        Assert.Equal(
            PairPicker.Pick(pool, _community.Model.Prior, new(), default, new Random(7)),
            PairPicker.Pick(pool, _community.Model.Prior, new(), default, new Random(7)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Quarter_of_the_pairs_show_pictures_other_people_made_and_none_the_persons_own(bool isRandom)
    {
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(200, 4), [.. Made(by: 1, requests: 100, firstId: 1001), .. Made(by: 2, requests: 100, firstId: 2001)]);

        var authors = Enumerable.Range(0, 200).Select(_ => PickNext(pool, _community.Model.Prior, isRandom, person: new(2)).Left.Author?.Value ?? 0).CountBy(author => author).ToDictionary();

        Assert.DoesNotContain(2ul, authors);
        Assert.InRange(authors[1], 35, 65);
        Assert.InRange(authors[0], 135, 165);
    }

    [Fact]
    public void Share_of_made_pictures_stays_a_quarter_when_every_ranking_picture_was_shown_once()
    {
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(20, 6), Made(by: 1, requests: 150, firstId: 1001));

        var shown = Enumerable.Range(0, 300).Select(_ => PickNext(pool, _community.Model.Prior)).ToArray();

        Assert.InRange(shown[100..].Count(pair => pair.Left.Author is not null), 35, 65);
    }

    [Fact]
    public void Made_pictures_come_again_only_once_all_ranking_pictures_were_shown()
    {
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(100, 4), Made(by: 1, requests: 2, firstId: 1001).Select(picture => picture with { Prompt = "a cat" }));
        var history = new PairHistory();
        var random = new Random(3);

        for (var shown = 0; shown < 200; shown++)
        {
            var pair = PairPicker.Pick(pool, _community.Model.Prior, history, At(new(9)), random);
            var (left, right) = (pool.Find(pair.Left.Id)!, pool.Find(pair.Right.Id)!);
            Assert.True(
                (history.TimesSeen(left) == 0 && history.TimesSeen(right) == 0) || pool.Pictures.All(picture => history.TimesSeen(picture) > 0),
                $"pair {shown}: {left.Id} and {right.Id}");
            history.Add(left, right, leftExpected: null);
        }
    }

    [Fact]
    public void Made_pictures_come_when_all_ranking_pictures_were_shown()
    {
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(2, 2), Made(by: 1, requests: 10, firstId: 101));

        var shown = Enumerable.Range(0, 12).Select(_ => PickNext(pool, _community.Model.Prior)).ToArray();

        Assert.Equal(12, shown.Select(pair => pair.Left.Id).Concat(shown.Select(pair => pair.Right.Id)).Distinct().Count() / 2);
        Assert.Equal(10, shown.Count(pair => pair.Left.Author is not null));
    }

    [Fact]
    public void Pair_picker_skips_pictures_of_nearly_one_style()
    {
        var alike = Made(by: 1, requests: 50, firstId: 1001).Select(picture => picture with { Style = new(0.1f, 0, 0, 0, picture.Id.Value % 2 * 0.1f) });
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(100, 4), alike);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(PickNext(pool, _community.Model.Prior).Left.Author));
    }

    [Fact]
    public void Pair_picker_skips_pictures_that_differ_in_more_than_style()
    {
        var map = new FeatureMap("one measure", [new("measure", "low", "high")], 5, new([0], [1], []), [new double[5]], [[0], [0], [0], [0], [0]], [0], [1]);
        var space = new FeatureSpace(StyleWorld.Vocabulary, map, null);
        var alike = Made(by: 1, requests: 50, firstId: 1001).Select(picture => picture with { Style = new(0, 0, 0, 0, 0), Features = new("one measure", [picture.Id.Value % 2 == 0 ? -2 : 2]) });
        var community = new Community(space, space.InitialPrior());
        var pool = new PicturePool(community, StyleWorld.RankingPictures(100, 4), alike);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(PickNext(pool, community.Model.Prior).Left.Author));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Copies_made_on_two_servers_are_no_pair(double angle, bool arePaired)
    {
        var made = Made(by: 1, requests: 50, firstId: 1001).Select(picture => picture with
        {
            Guild = new(5 + ((ulong)picture.Id.Value % 2)),
            Features = new("fake-1", [0, 0, 0, (float)Math.Cos(picture.Id.Value % 2 * angle), (float)Math.Sin(picture.Id.Value % 2 * angle)]),
        });
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(100, 4), made, new(new FakeExtractor(embedding: 2)));
        var viewer = new Viewer(new(2), new HashSet<GuildId> { new(5), new(6) });

        var pairs = Enumerable.Range(0, 100).Select(_ => PairPicker.Pick(pool, _community.Model.Prior, _history, viewer, _random));

        Assert.Equal(arePaired, pairs.Any(pair => pair.Left.Author is not null));
    }

    [Fact]
    public void Request_of_which_one_picture_is_left_is_not_asked_about()
    {
        var made = Made(by: 1, requests: 20, firstId: 1001).Where(picture => picture.Id.Value % 2 == 0);
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(100, 4), made);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(PickNext(pool, _community.Model.Prior).Left.Author));
    }

    [Fact]
    public void Own_picture_is_not_paired_with_one_another_person_made_of_the_same_words()
    {
        var made = Made(by: 1, requests: 50, firstId: 1001).Select(picture => picture with { Author = new(1 + ((ulong)picture.Id.Value % 2)) });
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(100, 4), made);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(PickNext(pool, _community.Model.Prior, person: new(2)).Left.Author));
    }

    [Fact]
    public void Made_picture_is_not_paired_with_a_ranking_picture_of_the_same_words()
    {
        var made = Made(by: 1, requests: 1, firstId: 101).Select(picture => picture with { Prompt = "prompt 0" });
        var pool = new PicturePool(_community, StyleWorld.RankingPictures(1, 4), made);

        Assert.All(Enumerable.Range(0, 7), _ =>
        {
            var pair = PickNext(pool, _community.Model.Prior);
            Assert.Equal(pair.Left.Kind, pair.Right.Kind);
        });
    }

    [Fact]
    public void Pool_without_two_pictures_of_a_prompt_throws()
    {
        var pool = Pool(5, 1);

        Assert.Throws<InvalidOperationException>(() => PickNext(pool, _community.Model.Prior));
    }

    private PicturePool Pool(int prompts, int stylesEach) => new(_community, StyleWorld.RankingPictures(prompts, stylesEach));

    /// <summary>Made pictures: two of each request, far apart in style.</summary>
    private static IEnumerable<Picture> Made(ulong by, int requests, int firstId) => Enumerable.Range(0, requests * 2).Select(i => new Picture
    {
        Id = new(firstId + i),
        Kind = PictureKind.Made,
        Author = new(by),
        Guild = RankingWorld.Guild,
        Prompt = $"request {i / 2} of {by}",
        Style = new(i % 2 == 0 ? 1 : -1, 0, 0, 0, 0),
        Seed = 1,
        Width = 8,
        Height = 8,
    });

    private static Viewer At(PersonId person) => new(person, new HashSet<GuildId> { RankingWorld.Guild });

    private double Information(TastePosterior taste, PictureFeatures a, PictureFeatures b) => _community.Model.MutualInformation(taste, a, b);

    private PickedPair PickNext(PicturePool pool, TastePosterior taste, bool? isRandom = null, PersonId person = default)
    {
        var pair = PairPicker.Pick(pool, taste, _history, At(person), _random, isRandom);
        _history.Add(pool.Find(pair.Left.Id)!, pool.Find(pair.Right.Id)!, pair.Expectation >= 0.5);
        return pair;
    }
}
