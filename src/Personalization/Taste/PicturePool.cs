using System.Numerics.Tensors;
using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>
/// The pictures people choose between, by prompt, with their features in the space of one community: ranking pictures and
/// pictures that people made. Immutable.
/// </summary>
public sealed class PicturePool
{
    private readonly Dictionary<PictureId, PoolPicture> _byId;
    private readonly Dictionary<string, double[]> _subjects;

    /// <param name="ranking">Those without features in the space are left out.</param>
    /// <param name="made">Pictures that people made and did not keep private; those without features are left out, too.</param>
    public PicturePool(Community community, IEnumerable<Picture> ranking, IEnumerable<Picture>? made = null)
    {
        Community = community;
        Pictures = Known(ranking);
        Prompts = ByPrompt(Pictures);
        PairCount = Prompts.Sum(prompt => prompt.Count * (prompt.Count - 1) / 2);
        var others = Known(made ?? []);
        MadePrompts = ByPrompt(others);
        All = [.. Pictures, .. others];
        _byId = All.ToDictionary(member => member.Id);
        _subjects = All.GroupBy(member => member.Picture.Prompt, StringComparer.Ordinal).ToDictionary(prompt => prompt.Key, MeanBeyondStyle, StringComparer.Ordinal);
    }

    /// <summary>The community whose space the features are in.</summary>
    public Community Community { get; }

    /// <summary>All ranking pictures, in order of id.</summary>
    public IReadOnlyList<PoolPicture> Pictures { get; }

    /// <summary>The ranking pictures and the pictures people made, each in order of id.</summary>
    public IReadOnlyList<PoolPicture> All { get; }

    /// <summary>The ranking pictures of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<PoolPicture>> Prompts { get; }

    /// <summary>The pictures people made of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<PoolPicture>> MadePrompts { get; }

    /// <summary>The number of unordered pairs of ranking pictures of one prompt.</summary>
    public int PairCount { get; }

    public PoolPicture? Find(PictureId id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// The features without what is due to the subject, to compare pictures of different prompts: those of style as they are,
    /// the others less their mean over the pictures of the same prompt, and 0 where the pool has no other such picture.
    /// </summary>
    public PictureFeatures WithoutSubject(PoolPicture picture)
    {
        var axes = Community.Space.StyleDimension;
        var values = picture.Features.Values.ToArray();
        var beyond = values.AsSpan(axes);
        if (_subjects.TryGetValue(picture.Picture.Prompt, out var mean))
        {
            TensorPrimitives.Subtract(beyond, mean, beyond);
        }
        else
        {
            beyond.Clear();
        }

        return new(picture.Features.Picture, values);
    }

    private double[] MeanBeyondStyle(IEnumerable<PoolPicture> prompt)
    {
        var axes = Community.Space.StyleDimension;
        var mean = new double[Community.Space.Dimension - axes];
        var count = 0;
        foreach (var picture in prompt)
        {
            TensorPrimitives.Add(mean, picture.Features.Values[axes..], mean);
            count++;
        }

        TensorPrimitives.Divide(mean, count, mean);
        return mean;
    }

    private PoolPicture[] Known(IEnumerable<Picture> pictures) =>
    [
        .. pictures
            .OrderBy(picture => picture.Id.Value)
            .Select(picture => (picture, Features: Community.Space.FeaturesOf(picture)))
            .Where(member => member.Features is not null)
            .Select(member => new PoolPicture(member.picture, member.Features!)),
    ];

    private static IReadOnlyList<IReadOnlyList<PoolPicture>> ByPrompt(IEnumerable<PoolPicture> pictures) =>
        [.. pictures.GroupBy(member => member.Picture.Prompt, StringComparer.Ordinal).Where(prompt => prompt.Count() > 1).Select(prompt => prompt.ToArray())];
}
