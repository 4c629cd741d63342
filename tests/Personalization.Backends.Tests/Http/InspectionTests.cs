using Microsoft.Extensions.Time.Testing;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Tests.Http;

/// <summary>When a server is asked what it is.</summary>
public sealed class InspectionTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Fact]
    public async Task Server_that_told_is_asked_again_after_five_minutes()
    {
        var inspection = Inspection(() => true);
        await inspection.RefreshAsync("", Cancellation);
        _time.Advance(TimeSpan.FromMinutes(4));
        await inspection.RefreshAsync("", Cancellation);
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromMinutes(1));
        await inspection.RefreshAsync("", Cancellation);

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Server_that_did_not_tell_is_asked_each_time()
    {
        var inspection = Inspection(() => false);
        await inspection.RefreshAsync("", Cancellation);
        await inspection.RefreshAsync("", Cancellation);

        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Server_that_cannot_be_asked_is_left_to_the_painting_and_asked_each_time()
    {
        var inspection = Inspection(() => throw new BackendException(BackendFault.Unavailable, "It is away."));
        await inspection.RefreshAsync("", Cancellation);
        await inspection.RefreshAsync("", Cancellation);

        Assert.Equal(2, _asked);
        await Assert.ThrowsAsync<BackendException>(() => inspection.InspectAsync("", Cancellation));
    }

    [Fact]
    public async Task Server_whose_answer_is_forgotten_is_asked_again()
    {
        var inspection = Inspection(() => true);
        await inspection.RefreshAsync("", Cancellation);

        inspection.Forget();
        await inspection.RefreshAsync("", Cancellation);

        Assert.Equal(2, _asked);
    }

    private Inspection Inspection(Func<bool> tells) => new(_time, (_, _) =>
    {
        _asked++;
        return Task.FromResult(tells());
    });
}
