using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>
/// What a person does to teach their taste: they answer pairs, take answers back and like pictures. Presses of one person
/// are taken one after another, and each is on disk before its result is given.
/// </summary>
public sealed class BallotBox(IBallotStore ballots, TasteCache tastes, PoolSource pools, UnlockRule unlock, Random random)
{
    /// <summary>The pair the person has yet to answer, or a new one.</summary>
    public async Task<Ballot> OpenAsync(PersonId person, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(person, cancellationToken);
        return await CurrentAsync(person, lease.State, cancellationToken);
    }

    /// <summary>Answers a pair.</summary>
    /// <param name="presser">Who pressed, which need not be who was asked.</param>
    public async Task<BallotResult> AnswerAsync(PersonId presser, long pairId, Choice choice, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(presser, cancellationToken);
        switch (await ballots.FindPairAsync(pairId, cancellationToken))
        {
            case null:
                return new BallotResult.Unknown();
            case var pair when pair.Person != presser:
                return new BallotResult.NotYours();
            case { Choice: not null }:
                return new BallotResult.AlreadyAnswered(await CurrentAsync(presser, lease.State, cancellationToken));
            case var pair:
                return await AnswerAsync(pair, choice, lease, cancellationToken);
        }
    }

    /// <summary>Takes away an open pair that nobody can answer, and gives the next: it teaches nothing, and is not asked again.</summary>
    public async Task<Ballot> WithdrawAsync(PersonId person, long pairId, CancellationToken cancellationToken) =>
        await AnswerAsync(person, pairId, Choice.Withdrawn, cancellationToken) is BallotResult.Counted counted
            ? counted.Next
            : await OpenAsync(person, cancellationToken);

    /// <summary>Takes the last answer back.</summary>
    /// <param name="presser">Who pressed, which need not be who was asked.</param>
    /// <param name="pairId">The pair beside whose buttons Undo stood, so that a second press does not undo twice.</param>
    public async Task<BallotResult> UndoAsync(PersonId presser, long pairId, CancellationToken cancellationToken)
    {
        using var lease = await tastes.AcquireAsync(presser, cancellationToken);
        var pair = await ballots.FindPairAsync(pairId, cancellationToken);
        if (pair is not null && pair.Person != presser)
        {
            return new BallotResult.NotYours();
        }

        // The first press of a double one has removed the pair.
        if (pair is not { Choice: null })
        {
            return new BallotResult.AlreadyAnswered(await CurrentAsync(presser, lease.State, cancellationToken));
        }

        if (await ballots.UndoAsync(presser, cancellationToken) is not { } reopened)
        {
            return new BallotResult.NothingToUndo(await CurrentAsync(presser, lease.State, cancellationToken));
        }

        await lease.ReloadAsync(cancellationToken);
        return new BallotResult.Undone(await ShowAsync(reopened with { Choice = null, AnsweredAt = null }, lease.State, cancellationToken));
    }

    /// <summary>Likes a picture for what it was shown beside.</summary>
    /// <param name="shownBeside">The other pictures on the same page; the liked one, the person's own and unknown ones among them are left out.</param>
    public async Task<LikeResult> LikeAsync(PersonId person, PictureId picture, IReadOnlyList<PictureId> shownBeside, CancellationToken cancellationToken)
    {
        var liked = await pools.FindPictureAsync(picture, cancellationToken);
        if (liked?.Author == person)
        {
            return new LikeResult.OwnPicture();
        }

        if (liked is null or { Kind: PictureKind.Private })
        {
            return new LikeResult.Unknown();
        }

        using var lease = await tastes.AcquireAsync(person, cancellationToken);
        var like = new Like(person, picture, await PassedOverAsync(person, picture, shownBeside, cancellationToken));
        var after = await lease.AfterAsync(like, cancellationToken);
        if (!await ballots.LikeAsync(like, cancellationToken))
        {
            return new LikeResult.AlreadyLiked();
        }

        lease.Keep(after);
        return new LikeResult.Liked(Progress(after));
    }

    private async Task<BallotResult> AnswerAsync(Pair pair, Choice choice, TasteLease lease, CancellationToken cancellationToken)
    {
        var after = await lease.AfterAsync(pair with { Choice = choice }, cancellationToken);
        var (picked, left, right) = Pick(pair.Person, after);
        if (await ballots.AnswerAsync(pair, choice, picked, cancellationToken) is not { } next)
        {
            // Another process was faster.
            await lease.ReloadAsync(cancellationToken);
            return new BallotResult.AlreadyAnswered(await CurrentAsync(pair.Person, lease.State, cancellationToken));
        }

        lease.Keep(after);
        return new BallotResult.Counted(new(next, left, right, Progress(after)));
    }

    private async Task<Ballot> CurrentAsync(PersonId person, TasteState state, CancellationToken cancellationToken)
    {
        var open = await ballots.OpenPairAsync(person, cancellationToken)
            ?? await ballots.OpenAsync(Pick(person, state).Pair, cancellationToken);
        return await ShowAsync(open, state, cancellationToken);
    }

    private (Pair Pair, Picture Left, Picture Right) Pick(PersonId person, TasteState state)
    {
        var picked = PairPicker.Pick(state.Pool, state.Taste, state.History, person, random);
        var pair = new Pair(0, person, picked.Left.Id, picked.Right.Id, null) { IsRandom = picked.IsRandom, Expectation = picked.Expectation };
        return (pair, picked.Left, picked.Right);
    }

    private async Task<Ballot> ShowAsync(Pair pair, TasteState state, CancellationToken cancellationToken) =>
        new(pair, await PictureAsync(pair.Left, cancellationToken), await PictureAsync(pair.Right, cancellationToken), Progress(state));

    private async Task<Picture> PictureAsync(PictureId id, CancellationToken cancellationToken) =>
        await pools.FindPictureAsync(id, cancellationToken)
        ?? throw new InvalidOperationException($"Picture {id} stands in an open pair, and is gone.");

    private async Task<IReadOnlyList<PictureId>> PassedOverAsync(PersonId person, PictureId liked, IReadOnlyList<PictureId> shownBeside, CancellationToken cancellationToken)
    {
        var passedOver = new List<PictureId>();
        foreach (var id in shownBeside.Distinct().Where(id => id != liked))
        {
            if (await pools.FindPictureAsync(id, cancellationToken) is { } picture && picture.Author != person)
            {
                passedOver.Add(id);
            }
        }

        return passedOver;
    }

    private UnlockProgress Progress(TasteState state) => unlock.Progress(state.Votes, state.Likes);
}
