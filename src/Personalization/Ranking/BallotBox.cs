using System.Diagnostics;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>
/// Ranking pairs, taking answers back, and liking pictures: what a person does to teach their taste. Calls for one profile run
/// one after another, and each change is durable before its result is returned.
/// </summary>
public sealed class BallotBox(
    IBallotStore ballots,
    IPictureStore pictures,
    IGuildStore guilds,
    TasteCache tastes,
    PoolSource pools,
    UnlockRule unlock,
    Random random)
{
    /// <summary>The person's open pair, or a new one.</summary>
    public async Task<Ballot> OpenAsync(Voter voter, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(voter.Profile, cancellationToken);
        return await CurrentAsync(voter, lease, cancellationToken);
    }

    /// <summary>Answers a pair.</summary>
    /// <param name="voter">Who pressed the button; possibly not the person the pair was shown to.</param>
    public async Task<BallotResult> AnswerAsync(Voter voter, long pairId, Choice choice, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(voter.Profile, cancellationToken);
        switch (await ballots.FindPairAsync(pairId, cancellationToken))
        {
            case null:
                return new BallotResult.Unknown();
            case var pair when pair.Profile != voter.Profile:
                return new BallotResult.NotYours();
            case { Choice: not null }:
                return new BallotResult.AlreadyAnswered(await CurrentAsync(voter, lease, cancellationToken));
            case var pair:
                return await AnswerAsync(voter, pair, choice, lease, cancellationToken);
        }
    }

    /// <summary>Withdraws an open pair that cannot be shown, and returns the next: it teaches nothing and is not shown again.</summary>
    public async Task<Ballot> WithdrawAsync(Voter voter, long pairId, CancellationToken cancellationToken) =>
        await AnswerAsync(voter, pairId, Choice.Withdrawn, cancellationToken) is BallotResult.Counted counted
            ? counted.Next
            : await OpenAsync(voter, cancellationToken);

    /// <summary>Takes the last answer back.</summary>
    /// <param name="voter">Who pressed the button; possibly not the person the pair was shown to.</param>
    /// <param name="pairId">The pair that the pressed Undo button was shown with, so that a second press does not undo twice.</param>
    public async Task<BallotResult> UndoAsync(Voter voter, long pairId, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(voter.Profile, cancellationToken);
        var pair = await ballots.FindPairAsync(pairId, cancellationToken);
        if (pair is not null && pair.Profile != voter.Profile)
        {
            return new BallotResult.NotYours();
        }

        // The first press of a double one has removed the pair.
        if (pair is not { Choice: null })
        {
            return new BallotResult.AlreadyAnswered(await CurrentAsync(voter, lease, cancellationToken));
        }

        if (await ballots.UndoAsync(voter.Profile, cancellationToken) is not { } reopened)
        {
            return new BallotResult.NothingToUndo(await CurrentAsync(voter, lease, cancellationToken));
        }

        await lease.ReloadAsync(cancellationToken);
        return new BallotResult.Undone(await ShowAsync(voter, reopened with { Choice = null, AnsweredAt = null }, lease, cancellationToken));
    }

    /// <summary>Likes a picture in preference to those of its page, and to pictures drawn from the pool.</summary>
    /// <param name="shownBeside">The other pictures of its page, none without a page; the liked one, the person's own and unknown ones among them are ignored.</param>
    public async Task<LikeResult> LikeAsync(Voter voter, PictureId picture, IReadOnlyList<PictureId> shownBeside, CancellationToken cancellationToken)
    {
        // From the store: the pool does not know of a picture that was made private since.
        var viewer = await ViewerAsync(voter, cancellationToken);
        var stored = (await pictures.FindAsync([picture, .. shownBeside], cancellationToken)).ToDictionary(known => known.Id);
        var liked = stored.GetValueOrDefault(picture);
        if (liked?.Author == voter.Person)
        {
            return new LikeResult.OwnPicture();
        }

        if (liked is null || !viewer.IsOpen(liked))
        {
            return new LikeResult.Unknown();
        }

        using var lease = await tastes.AcquireAsync(voter.Profile, cancellationToken);
        var pool = lease.State.Pool;
        var passedOver = shownBeside.Distinct().Where(id => id != picture && stored.TryGetValue(id, out var other) && other.Author != voter.Person && viewer.IsOpen(other));
        var drawn = LikeDraw.From(pool, voter.Profile, liked, pool.Community.Space.FeaturesOf(liked), viewer);
        if (!await ballots.LikeAsync(new(voter.Profile, picture, [.. passedOver], drawn), cancellationToken))
        {
            return new LikeResult.AlreadyLiked();
        }

        // An earlier like may have been learnt as a choice over this picture.
        await lease.ReloadAsync(cancellationToken);
        return new LikeResult.Liked(Progress(lease.State));
    }

    /// <summary>Takes a like back, if there is one.</summary>
    /// <returns>The progress without it.</returns>
    public async Task<UnlockProgress> UnlikeAsync(Voter voter, PictureId picture, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(voter.Profile, cancellationToken);
        if (await ballots.UnlikeAsync(voter.Profile, picture, cancellationToken))
        {
            await lease.ReloadAsync(cancellationToken);
        }

        return Progress(lease.State);
    }

    private async Task<BallotResult> AnswerAsync(Voter voter, Pair pair, Choice choice, TasteLease lease, CancellationToken cancellationToken)
    {
        var after = await lease.AfterAsync(pair with { Choice = choice }, cancellationToken);
        var (picked, left, right) = await PickAsync(voter, after, cancellationToken);
        if (await ballots.AnswerAsync(pair, choice, picked, cancellationToken) is not { } next)
        {
            // Another process answered it in between.
            await lease.ReloadAsync(cancellationToken);
            return new BallotResult.AlreadyAnswered(await CurrentAsync(voter, lease, cancellationToken));
        }

        var known = TasteMark.Of(after.Community.Space, after.Taste, after.Votes);
        var lesson = after.Votes > lease.State.Votes ? after.Mark.LessonOf(known) : null;
        lease.Keep(lesson is null ? after : after with { Mark = after.Mark.Told(lesson, known) });
        return new BallotResult.Counted(new(next, left, right, Progress(after)), lesson);
    }

    private async Task<Ballot> CurrentAsync(Voter voter, TasteLease lease, CancellationToken cancellationToken)
    {
        var open = await ballots.OpenPairAsync(voter.Profile, cancellationToken)
            ?? await ballots.OpenAsync((await PickAsync(voter, lease.State, cancellationToken)).Pair, cancellationToken);
        return await ShowAsync(voter, open, lease, cancellationToken);
    }

    /// <summary>A pair that the person may see where they are now.</summary>
    private async Task<(Pair Pair, Picture Left, Picture Right)> PickAsync(Voter voter, TasteState state, CancellationToken cancellationToken)
    {
        var viewer = await ViewerAsync(voter, cancellationToken);
        var picked = PairPicker.Pick(state.Pool, state.Taste, state.History, viewer, random);
        if (picked.Left.Author is not null && !await MaySeeAsync(viewer, picked.Left.Id, picked.Right.Id, cancellationToken))
        {
            // Withdrawn since the pool was loaded: of ranking pictures, none can be.
            picked = PairPicker.Pick(state.Pool, state.Taste, state.History, new(voter.Person, Guilds: null), random);
        }

        var pair = new Pair(0, voter.Profile, picked.Left.Id, picked.Right.Id, null) { IsRandom = picked.IsRandom, Expectation = picked.Expectation };
        return (pair, picked.Left, picked.Right);
    }

    /// <summary>The open pair; where the person may not see it any more, or not where they are now, it is withdrawn for another.</summary>
    private async Task<Ballot> ShowAsync(Voter voter, Pair pair, TasteLease lease, CancellationToken cancellationToken)
    {
        var left = await PictureAsync(pair.Left, cancellationToken);
        if (left.Author is not null
            && !await MaySeeAsync(await ViewerAsync(voter, cancellationToken), pair.Left, pair.Right, cancellationToken))
        {
            return await AnswerAsync(voter, pair, Choice.Withdrawn, lease, cancellationToken) switch
            {
                BallotResult.Counted(var next, _) => next,
                BallotResult.AlreadyAnswered(var current) => current,
                var other => throw new UnreachableException($"A pair was withdrawn as {other.GetType().Name}."),
            };
        }

        return new(pair, left, await PictureAsync(pair.Right, cancellationToken), Progress(lease.State));
    }

    private Task<Viewer> ViewerAsync(Voter voter, CancellationToken cancellationToken) => guilds.ViewerAsync(voter.Person, voter.Guild, cancellationToken);

    private async Task<bool> MaySeeAsync(Viewer viewer, PictureId left, PictureId right, CancellationToken cancellationToken) =>
        await pictures.FindAsync([left, right], cancellationToken) is { Count: 2 } stored && stored.All(viewer.IsOpen);

    private async Task<Picture> PictureAsync(PictureId id, CancellationToken cancellationToken) =>
        await pools.FindPictureAsync(id, cancellationToken)
        ?? throw new InvalidOperationException($"Picture {id} is part of an open pair and does not exist.");

    private UnlockProgress Progress(TasteState state) => unlock.Progress(state.Votes, state.Likes);
}
