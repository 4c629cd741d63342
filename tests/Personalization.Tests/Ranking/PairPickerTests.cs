using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class PairPickerTests
{
    private readonly TasteModel _model = StyleWorld.Model();
    private readonly PairHistory _history = new();
    private readonly Random _random = new(1);

    [Fact]
    public void A_pair_shows_one_prompt_in_two_pictures()
    {
        var pool = Pool(60, 8);

        for (var i = 0; i < 300; i++)
        {
            var (left, right) = PickNext(pool, _model.Prior);
            Assert.Equal(left.Prompt, right.Prompt);
            Assert.NotEqual(left.Id, right.Id);
        }
    }

    [Fact]
    public void No_pair_comes_again_until_all_have_been_shown()
    {
        var pool = Pool(40, 6);
        Assert.Equal(600, pool.PairCount);

        for (var i = 0; i < 600; i++)
        {
            PickNext(pool, _model.Prior);
            Assert.Equal(i + 1, _history.Count);
        }

        PickNext(pool, _model.Prior);
        Assert.Equal(600, _history.Count);
    }

    [Fact]
    public void The_first_twenty_pairs_ask_about_every_axis()
    {
        var pool = Pool(60, 8);

        for (var i = 0; i < 20; i++)
        {
            PickNext(pool, _model.Prior);
        }

        // Twenty pairs are four for each of five axes.
        Assert.All(Enumerable.Range(0, 5), axis => Assert.InRange(_history.Coverage(axis), 2.5, 6));
    }

    [Fact]
    public void After_those_the_pairs_tell_more_than_random_ones()
    {
        var pool = Pool(60, 8);
        var taste = _model.Rebuild(StyleWorld.Votes(30, seed: 2, StyleWorld.MoreVivid));
        for (var i = 0; i < 20; i++)
        {
            PickNext(pool, taste);
        }

        var picked = Enumerable.Range(0, 60).Select(_ => PickNext(pool, taste)).Average(pair => Information(taste, pair));
        var random = pool.Prompts.Average(prompt => Information(taste, (prompt[0], prompt[1])));

        Assert.True(picked > 1.5 * random, $"{picked} nats against {random}");
    }

    [Fact]
    public void One_telling_picture_is_not_shown_over_and_over()
    {
        // In each prompt one picture stands far out, so that its pairs tell most; in the first prompts farthest.
        var pool = new PicturePool(StyleWorld.RankingPictures(20, 8).Select(picture => picture with
        {
            Style = picture.Id.Value % 8 == 0 ? Far(1 - (picture.Id.Value / 400f)) : new(0, 0, 0, 0, picture.Id.Value % 8 / 80f),
        }));

        for (var i = 0; i < 60; i++)
        {
            PickNext(pool, _model.Prior);
        }

        var timesSeen = pool.Pictures.Where(picture => picture.Id.Value % 8 == 0).Select(_history.TimesSeen).ToArray();
        Assert.InRange(timesSeen.Max(), 1, 5);
    }

    [Fact]
    public void The_picture_somebody_will_take_stands_left_as_often_as_right()
    {
        var pool = Pool(60, 8);
        var taste = _model.Rebuild(StyleWorld.Votes(30, seed: 2, StyleWorld.MoreVivid));

        var left = Enumerable.Range(0, 400).Count(_ => PickNext(pool, taste) is var (l, r) && StyleWorld.MoreVivid(l.Style, r.Style));

        Assert.InRange(left, 160, 240);
    }

    [Fact]
    public void Equal_chance_and_history_give_the_same_pair()
    {
        var pool = Pool(60, 8);
        var picker = new PairPicker(_model);

        Assert.Equal(
            picker.Pick(pool, _model.Prior, new(), new Random(7)),
            picker.Pick(pool, _model.Prior, new(), new Random(7)));
    }

    [Fact]
    public void A_pool_without_two_pictures_of_a_prompt_is_our_own_mistake()
    {
        var pool = Pool(5, 1);

        Assert.Throws<InvalidOperationException>(() => PickNext(pool, _model.Prior));
    }

    private static StyleVector Far(float coordinate) => new(coordinate, coordinate, coordinate, coordinate, coordinate);

    private static PicturePool Pool(int prompts, int stylesEach) => new(StyleWorld.RankingPictures(prompts, stylesEach));

    private double Information(TastePosterior taste, (Picture A, Picture B) pair) => _model.Information(taste, pair.A.Style, pair.B.Style);

    private (Picture Left, Picture Right) PickNext(PicturePool pool, TastePosterior taste)
    {
        var pair = new PairPicker(_model).Pick(pool, taste, _history, _random);
        _history.Add(pair.Left, pair.Right);
        return pair;
    }
}
