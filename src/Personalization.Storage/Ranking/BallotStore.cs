using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Storage.Ranking;

internal sealed class BallotStore(Database database, TimeProvider timeProvider) : IBallotStore
{
    public Task<Pair?> OpenPairAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync(async context => (await OpenRowAsync(context, profile, cancellationToken))?.ToPair(), cancellationToken);

    public Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await context.Pairs.AsNoTracking().FirstOrDefaultAsync(pair => pair.Id == pairId, cancellationToken))?.ToPair(),
            cancellationToken);

    public Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context => (await OpenRowAsync(context, pair.Profile, cancellationToken))?.ToPair()
                ?? await AddAsync(context, pair, cancellationToken),
            cancellationToken);

    public Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var now = timeProvider.GetUtcNow();
                var answered = await context.Pairs
                    .Where(row => row.Id == pair.Id && row.ProfileId == pair.Profile.Value && row.Choice == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(r => r.Choice, choice).SetProperty(r => r.AnsweredAt, now), cancellationToken);
                return answered == 1 ? await AddAsync(context, next, cancellationToken) : null;
            },
            cancellationToken);

    public Task<Pair?> UndoAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var last = await context.Pairs.AsNoTracking()
                    .Where(pair => pair.ProfileId == profile.Value && pair.Choice != null && pair.Choice != Choice.Withdrawn)
                    .OrderByDescending(pair => pair.Id)
                    .FirstOrDefaultAsync(cancellationToken);
                if (last is null)
                {
                    return null;
                }

                await context.Pairs
                    .Where(pair => pair.ProfileId == profile.Value && pair.Choice == null)
                    .ExecuteDeleteAsync(cancellationToken);
                await context.Pairs
                    .Where(pair => pair.Id == last.Id)
                    .ExecuteUpdateAsync(
                        pair => pair.SetProperty(row => row.Choice, (Choice?)null).SetProperty(row => row.AnsweredAt, (DateTimeOffset?)null),
                        cancellationToken);
                return last.ToPair();
            },
            cancellationToken);

    public Task<IReadOnlyList<Pair>> AnsweredAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Pair>>(
            async context => (await context.Pairs.AsNoTracking()
                .Where(pair => pair.ProfileId == profile.Value && pair.Choice != null)
                .OrderBy(pair => pair.Id)
                .ToListAsync(cancellationToken)).ConvertAll(row => row.ToPair()),
            cancellationToken);

    public Task<bool> LikeAsync(Like like, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await context.Likes.AnyAsync(row => row.ProfileId == like.Profile.Value && row.PictureId == like.Picture.Value, cancellationToken))
                {
                    return false;
                }

                context.Likes.Add(new LikeRow
                {
                    ProfileId = like.Profile.Value,
                    PictureId = like.Picture.Value,
                    PassedOver = Packed.Ids(like.PassedOver),
                    Drawn = like.Drawn is null ? null : Packed.Ids(like.Drawn),
                    LikedAt = timeProvider.GetUtcNow(),
                });
                await context.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<bool> UnlikeAsync(ProfileId profile, PictureId picture, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context => await context.Likes
                .Where(row => row.ProfileId == profile.Value && row.PictureId == picture.Value)
                .ExecuteDeleteAsync(cancellationToken) > 0,
            cancellationToken);

    public Task<IReadOnlyList<Like>> LikesAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Like>>(
            async context => (await context.Likes.AsNoTracking()
                .Where(like => like.ProfileId == profile.Value)
                .OrderBy(like => like.Id)
                .ToListAsync(cancellationToken)).ConvertAll(row => row.ToLike()),
            cancellationToken);

    public Task<IReadOnlyList<PictureId>> LikedAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PictureId>>(
            async context => (await context.Likes
                .Where(like => like.ProfileId == profile.Value)
                .OrderBy(like => like.Id)
                .Select(like => like.PictureId)
                .ToListAsync(cancellationToken)).ConvertAll(id => new PictureId(id)),
            cancellationToken);

    public Task<(int Votes, int Likes)> CountAsync(ProfileId profile, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                var votes = await context.Pairs
                    .Where(pair => pair.ProfileId == profile.Value)
                    .Select(pair => pair.Choice)
                    .CountAsync(Pair.VoteRule, cancellationToken);
                var likes = await context.Likes.CountAsync(like => like.ProfileId == profile.Value, cancellationToken);
                return (votes, likes);
            },
            cancellationToken);

    public async IAsyncEnumerable<ProfileBallots> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var profiles = await database.ReadAsync(
            async context => await context.Pairs.Where(pair => pair.Choice != null).Select(pair => pair.ProfileId)
                .Union(context.Likes.Select(like => like.ProfileId))
                .ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var profile in profiles.Order().Select(id => new ProfileId(id)))
        {
            yield return new(profile, await AnsweredAsync(profile, cancellationToken), await LikesAsync(profile, cancellationToken));
        }
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
                await context.Pairs.Select(pair => pair.Choice).CountAsync(Pair.VoteRule, cancellationToken)
                + await context.Likes.CountAsync(cancellationToken),
            cancellationToken);

    private static Task<PairRow?> OpenRowAsync(PersonalizationContext context, ProfileId profile, CancellationToken cancellationToken) =>
        context.Pairs.AsNoTracking().FirstOrDefaultAsync(pair => pair.ProfileId == profile.Value && pair.Choice == null, cancellationToken);

    private static async Task<Pair> AddAsync(PersonalizationContext context, Pair pair, CancellationToken cancellationToken)
    {
        var row = PairRow.From(pair);
        context.Pairs.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return row.ToPair();
    }
}
