using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>The connected components of a graph, by union-find.</summary>
internal static class ConnectedComponents
{
    /// <summary>Finds the components of an undirected graph.</summary>
    /// <param name="count">The number of vertices, numbered from 0.</param>
    /// <param name="edges">Pairs of vertices.</param>
    /// <returns>Every vertex in one component; vertices ascend within a component, and components by their first vertex.</returns>
    public static int[][] Find(int count, IEnumerable<(int A, int B)> edges)
    {
        var parents = Enumerable.Range(0, count).ToArray();
        foreach (var (a, b) in edges)
        {
            parents[Root(parents, a)] = Root(parents, b);
        }

        return [.. Enumerable.Range(0, count).GroupBy(vertex => Root(parents, vertex)).Select(component => component.ToArray())];
    }

    /// <summary>
    /// Groups of pictures that comparisons connect, directly or through others; groups and pictures in the order in which
    /// they first occur. A picture without an id equals itself only.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PictureFeatures>> Groups(IEnumerable<IReadOnlyList<Comparison>> people)
    {
        var indices = new Dictionary<(long Picture, PictureFeatures? Unknown), int>();
        var pictures = new List<PictureFeatures>();
        var edges = people
            .SelectMany(comparisons => comparisons)
            .Select(comparison => (IndexOf(comparison.Preferred), IndexOf(comparison.Other)))
            .ToArray();
        return Array.ConvertAll(Find(pictures.Count, edges), component => Array.ConvertAll(component, index => pictures[index]));

        int IndexOf(PictureFeatures picture)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indices, picture.Picture == 0 ? (0, picture) : (picture.Picture, null), out var known);
            if (!known)
            {
                index = pictures.Count;
                pictures.Add(picture);
            }

            return index;
        }
    }

    private static int Root(int[] parents, int vertex)
    {
        while (parents[vertex] != vertex)
        {
            vertex = parents[vertex] = parents[parents[vertex]];
        }

        return vertex;
    }
}
