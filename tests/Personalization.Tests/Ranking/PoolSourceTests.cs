using Personalization.Ranking;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Ranking;

public sealed class PoolSourceTests
{
    [Fact]
    public async Task The_pool_is_loaded_once_and_not_before_there_is_something_in_it()
    {
        var pictures = new PicturesInMemory();
        var source = new PoolSource(pictures);

        Assert.Equal(0, (await source.LoadAsync(TestContext.Current.CancellationToken)).PairCount);
        await pictures.AddAsync(StyleWorld.RankingPictures(3, 4), TestContext.Current.CancellationToken);
        var first = await source.LoadAsync(TestContext.Current.CancellationToken);
        var second = await source.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(18, first.PairCount);
        Assert.Same(first, second);
        Assert.Equal(2, pictures.Loads);
    }
}
