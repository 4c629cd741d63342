using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Storage.Ranking;

internal sealed class BallotStore(Database database, TimeProvider timeProvider) : IBallotStore
{
    public Task<Pair?> OpenPairAsync(PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync(async context => (await OpenRowAsync(context, person, cancellationToken))?.ToPair(), cancellationToken);

    public Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await context.Pairs.AsNoTracking().FirstOrDefaultAsync(pair => pair.Id == pairId, cancellationToken))?.ToPair(),
            cancellationToken);

    public Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context => (await OpenRowAsync(context, pair.Person, cancellationToken))?.ToPair()
                ?? await AddAsync(context, pair, cancellationToken),
            cancellationToken);

    public Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var now = timeProvider.GetUtcNow();
                var answered = await context.Pairs
                    .Where(row => row.Id == pair.Id && row.PersonId == pair.Person.Value && row.Choice == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(r => r.Choice, choice).SetProperty(r => r.AnsweredAt, now), cancellationToken);
                return answered == 1 ? await AddAsync(context, next, cancellationToken) : null;
            },
            cancellationToken);

    public Task<Pair?> UndoAsync(PersonId person, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var last = await context.Pairs.AsNoTracking()
                    .Where(pair => pair.PersonId == person.Value && pair.Choice != null && pair.Choice != Choice.Withdrawn)
                    .OrderByDescending(pair => pair.Id)
                    .FirstOrDefaultAsync(cancellationToken);
                if (last is null)
                {
                    return null;
                }

                await context.Pairs
                    .Where(pair => pair.PersonId == person.Value && pair.Choice == null)
                    .ExecuteDeleteAsync(cancellationToken);
                await context.Pairs
                    .Where(pair => pair.Id == last.Id)
                    .ExecuteUpdateAsync(
                        pair => pair.SetProperty(row => row.Choice, (Choice?)null).SetProperty(row => row.AnsweredAt, (DateTimeOffset?)null),
                        cancellationToken);
                return last.ToPair();
            },
            cancellationToken);

    public Task<IReadOnlyList<Pair>> AnsweredAsync(PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Pair>>(
            async context => (await context.Pairs.AsNoTracking()
                .Where(pair => pair.PersonId == person.Value && pair.Choice != null)
                .OrderBy(pair => pair.Id)
                .ToListAsync(cancellationToken)).ConvertAll(row => row.ToPair()),
            cancellationToken);

    public Task<bool> LikeAsync(Like like, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await context.Likes.AnyAsync(row => row.PersonId == like.Person.Value && row.PictureId == like.Picture.Value, cancellationToken))
                {
                    return false;
                }

                context.Likes.Add(new LikeRow
                {
                    PersonId = like.Person.Value,
                    PictureId = like.Picture.Value,
                    PassedOver = Packed.Ids(like.PassedOver),
                    LikedAt = timeProvider.GetUtcNow(),
                });
                await context.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<Like>> LikesAsync(PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Like>>(
            async context => (await context.Likes.AsNoTracking()
                .Where(like => like.PersonId == person.Value)
                .OrderBy(like => like.Id)
                .ToListAsync(cancellationToken)).ConvertAll(row => row.ToLike()),
            cancellationToken);

    public Task<IReadOnlySet<PictureId>> LikedAsync(PersonId person, IReadOnlyCollection<PictureId> pictures, CancellationToken cancellationToken)
    {
        var ids = pictures.Select(picture => picture.Value).ToArray();
        return database.ReadAsync<IReadOnlySet<PictureId>>(
            async context => (await context.Likes
                .Where(like => like.PersonId == person.Value && ids.Contains(like.PictureId))
                .Select(like => like.PictureId)
                .ToListAsync(cancellationToken)).Select(id => new PictureId(id)).ToHashSet(),
            cancellationToken);
    }

    public Task<(int Votes, int Likes)> CountAsync(PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                var votes = await context.Pairs
                    .Where(pair => pair.PersonId == person.Value)
                    .Select(pair => pair.Choice)
                    .CountAsync(Pair.VoteRule, cancellationToken);
                var likes = await context.Likes.CountAsync(like => like.PersonId == person.Value, cancellationToken);
                return (votes, likes);
            },
            cancellationToken);

    public async IAsyncEnumerable<PersonBallots> EverybodyAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var people = await database.ReadAsync(
            async context => await context.Pairs.Where(pair => pair.Choice != null).Select(pair => pair.PersonId)
                .Union(context.Likes.Select(like => like.PersonId))
                .ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var person in people.Order().Select(id => new PersonId(id)))
        {
            yield return new(person, await AnsweredAsync(person, cancellationToken), await LikesAsync(person, cancellationToken));
        }
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
                await context.Pairs.Select(pair => pair.Choice).CountAsync(Pair.VoteRule, cancellationToken)
                + await context.Likes.CountAsync(cancellationToken),
            cancellationToken);

    private static Task<PairRow?> OpenRowAsync(PersonalizationContext context, PersonId person, CancellationToken cancellationToken) =>
        context.Pairs.AsNoTracking().FirstOrDefaultAsync(pair => pair.PersonId == person.Value && pair.Choice == null, cancellationToken);

    private static async Task<Pair> AddAsync(PersonalizationContext context, Pair pair, CancellationToken cancellationToken)
    {
        var row = PairRow.From(pair);
        context.Pairs.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return row.ToPair();
    }
}
