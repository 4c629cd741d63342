using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>Groups of pictures that comparisons connect, directly or by way of others.</summary>
internal static class ConnectedComponents
{
    /// <summary>Every picture in one group, by union and find; groups and pictures in the order in which they are first met.</summary>
    public static IReadOnlyList<IReadOnlyList<PictureFeatures>> Groups(IEnumerable<IReadOnlyList<Comparison>> people)
    {
        var indices = new Dictionary<(long Picture, PictureFeatures? Unknown), int>();
        var pictures = new List<PictureFeatures>();
        var parents = new List<int>();
        foreach (var comparison in people.SelectMany(comparisons => comparisons))
        {
            var (a, b) = (Root(parents, IndexOf(comparison.Preferred)), Root(parents, IndexOf(comparison.Other)));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }

        return [.. pictures.Select((picture, index) => (picture, Root: Root(parents, index))).GroupBy(member => member.Root, member => member.picture).Select(group => group.ToArray())];

        int IndexOf(PictureFeatures picture)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indices, picture.Picture == 0 ? (0, picture) : (picture.Picture, null), out var known);
            if (!known)
            {
                index = pictures.Count;
                pictures.Add(picture);
                parents.Add(index);
            }

            return index;
        }
    }

    private static int Root(List<int> parents, int index)
    {
        while (parents[index] != index)
        {
            index = parents[index] = parents[parents[index]];
        }

        return index;
    }
}
