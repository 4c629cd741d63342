using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Votes and pictures as an export reads them.</summary>
internal sealed class StoresInMemory(IReadOnlyList<Picture> all, IReadOnlyList<ProfileBallots> people) : IBallotStore, IPictureStore
{
    public async IAsyncEnumerable<ProfileBallots> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return person;
        }
    }

    public Task<IReadOnlyList<Picture>> FindAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>([.. all.Where(picture => ids.Contains(picture.Id))]);

    public Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>([.. all.Where(picture => picture.Kind == PictureKind.Ranking)]);

    public Task<Pair?> OpenPairAsync(ProfileId profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Pair?> UndoAsync(ProfileId profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Pair>> AnsweredAsync(ProfileId profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> LikeAsync(Like like, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Like>> LikesAsync(ProfileId profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlySet<PictureId>> LikedAsync(ProfileId profile, IReadOnlyCollection<PictureId> pictures, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(int Votes, int Likes)> CountAsync(ProfileId profile, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetFileAsync(PictureId id, string fileKey, ExtractedFeatures features, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetFeaturesAsync(PictureId id, ExtractedFeatures features, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PictureId>> UnmeasuredAsync(string extractorVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Picture>> CatalogueAsync(string? source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RankAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(PictureId? before, int count, CancellationToken cancellationToken) => throw new NotSupportedException();
}
