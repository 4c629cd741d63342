using Personalization.Ranking;
using Personalization.Taste;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class PoolSourceTests
{
    [Fact]
    public async Task The_pool_is_loaded_once_and_not_before_there_is_something_in_it()
    {
        var pictures = new PicturesInMemory();
        var source = new PoolSource(pictures, new(StyleWorld.Community()));

        Assert.Equal(0, (await source.LoadAsync(TestContext.Current.CancellationToken)).PairCount);
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var first = await source.LoadAsync(TestContext.Current.CancellationToken);
        var second = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(18, first.PairCount);
        Assert.Same(first, second);
        Assert.Equal(2, pictures.Loads);
    }

    [Fact]
    public async Task When_the_community_moves_the_pool_is_seen_anew()
    {
        var pictures = new PicturesInMemory();
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var current = new CurrentCommunity(StyleWorld.Community());
        var source = new PoolSource(pictures, current);
        await source.LoadAsync(TestContext.Current.CancellationToken);

        current.Change(StyleWorld.Community());

        Assert.Same(current.Now, (await source.LoadAsync(TestContext.Current.CancellationToken)).Community);
    }
}
