using System.Text;
using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Files as people and spreadsheets make them.</summary>
public sealed class InputTests
{
    private const string Pictures = "picture,bright,soft\na,1,0\nb,0,1\nc,0.5,0.25\n";
    private const string Votes = "person,left,right,choice\nann,a,b,left\nann,b,c,right\nann,a,c,skip\nann,c,a,left\n";

    [Theory]
    [InlineData("ann,a,b,left\n", "votes.csv, line 1: there is no column \"person\" among ann, a, b, left. The header is person,left,right,choice")]
    [InlineData("person,left,right\nann,a,b\n", "votes.csv, line 1: there is no column \"choice\" among person, left, right.")]
    [InlineData("person;left;right;choice\nann;a;b;left\n", "votes.csv, line 1: the header \"person;left;right;choice\" is not separated by commas. Save the file as comma-separated CSV.")]
    [InlineData("person,left,left,right,choice\nann,a,b,c,left\n", "votes.csv, line 1: the column \"left\" is there twice. Give every column a name of its own.")]
    [InlineData("person,left,right,choice\nann,a,b,left\nann,a,b,LINKS\n", "votes.csv, line 3: the choice \"LINKS\" is unknown. Write left, right or skip.")]
    [InlineData("person,left,right,choice\nann,a,b,\n", "votes.csv, line 2: the choice \"\" is unknown. Write left, right or skip.")]
    [InlineData("person,left,right,choice\n\n\nann,a,zebra,left\n", "votes.csv, line 4: the picture \"zebra\" has no features. Add it to the pictures, or take the row out.")]
    [InlineData("person,left,right,choice\nann,a,a,left\n", "votes.csv, line 2: the picture \"a\" stands on both sides. Take the row out.")]
    [InlineData("person,left,right,choice\n,a,b,left\n", "votes.csv, line 2: the person has no name. Give every person a name or a number.")]
    [InlineData("person,left,right,choice\nann,a,b,left,now\n", "votes.csv, line 2: 5 fields, but the header has 4. Put a name that contains a comma in double quotes.")]
    [InlineData("person,left,right,choice\nann,a,b\n", "votes.csv, line 2: 3 fields, but the header has 4. Add what is missing, or take the row out.")]
    [InlineData("person,left,right,choice\nann,a,b,left\n\"ann,a,b,left\n", "votes.csv, line 3: the double quotes do not match.")]
    [InlineData("person,left,right,choice\nan\"n,a,b,left\n", "votes.csv, line 2: the double quotes do not match.")]
    [InlineData("person,left,right,choice\n", "votes.csv: there is no vote under the header.")]
    [InlineData("", "votes.csv: the file is empty. Its first line names the columns.")]
    [InlineData("person,left,right,choice,time\nann,a,b,left,yesterday\n", "votes.csv, line 2: the time \"yesterday\" cannot be read. Write it as 2026-03-01 or 2026-03-01T12:30:00Z, or leave it empty.")]
    [InlineData("person,left,right,choice,time\nann,a,b,left,03/04/2026\n", "votes.csv, line 2: the time \"03/04/2026\" cannot be read.")]
    [InlineData("person,left,right,choice,time\nann,a,b,left,03.04.2026\n", "votes.csv, line 2: the time \"03.04.2026\" cannot be read.")]
    [InlineData("person,left,right,choice,time\nann,a,b,left,12:30\n", "votes.csv, line 2: the time \"12:30\" cannot be read.")]
    [InlineData("person,left,right,choice,time\nann,a,b,left,2026-03-02\nann,a,c,left,\nann,b,c,left,2026-03-01\n", "votes.csv, line 4: the time 2026-03-01 is before that of the same person's row above. Sort every person's rows by time.")]
    public void Vote_file_faults_are_reported_with_line_value_and_remedy(string votes, string problem)
    {
        using var files = new Files(votes, Pictures);

        Assert.StartsWith(problem, files.Run().Problem);
    }

    [Theory]
    [InlineData("name,bright\na,1\n", "pictures.csv, line 1: there is no column \"picture\" among name, bright. Name the column with the pictures' names so.")]
    [InlineData("picture,bright\na,1\nb,much\n", "pictures.csv, line 3: \"much\" in column \"bright\" is not a number. Write numbers as 0.25 or -1e-3, and leave no field empty.")]
    [InlineData("picture,bright\na,1\nb,\n", "pictures.csv, line 3: \"\" in column \"bright\" is not a number.")]
    [InlineData("picture,bright\na,NaN\n", "pictures.csv, line 2: \"NaN\" in column \"bright\" is not a number.")]
    [InlineData("picture,bright\na,1e999\n", "pictures.csv, line 2: \"1e999\" in column \"bright\" is not a number.")]
    [InlineData("picture,bright\na,1\nb,2\na,1\n", "pictures.csv, line 4: the picture \"a\" is on line 2 already. Keep one of them.")]
    [InlineData("picture,bright\na,1\nb,2\nb,much\n", "pictures.csv, line 4: the picture \"b\" is on line 3 already. Keep one of them.")]
    [InlineData("picture,bright\na,1\nb,-1e101\n", "pictures.csv, line 3: \"-1e101\" in column \"bright\" is too large. Write numbers of at most 1e100 either way.")]
    [InlineData("picture,bright\n,1\n", "pictures.csv, line 2: the picture has no name. Write the name that the votes call it by.")]
    [InlineData("picture,bright\na,1\n", "pictures.csv: only one picture. A vote is between two.")]
    [InlineData("picture,bright\n", "pictures.csv: no picture. A vote is between two.")]
    [InlineData("picture\na\nb\n", "pictures.csv: no feature differs between pictures; there is no column besides \"picture\". Add a column with a number that does.")]
    [InlineData("picture,bright\na,1\nb,1\n", "pictures.csv: no feature differs between pictures. Add a column with a number that does.")]
    public void Picture_table_faults_are_reported_with_line_value_and_remedy(string pictures, string problem)
    {
        using var files = new Files(Votes, pictures);

        Assert.StartsWith(problem, files.Run().Problem);
    }

    [Fact]
    public void Evaluation_options_are_checked_before_anything_is_done()
    {
        using var files = new Files(Votes, Pictures);

        Assert.StartsWith("--votes nowhere.csv: the file cannot be read", files.Run(files.Options with { Votes = "nowhere.csv" }).Problem);
        Assert.StartsWith("--pictures nowhere.csv: the file cannot be read", files.Run(files.Options with { Pictures = "nowhere.csv" }).Problem);
        Assert.StartsWith($"--votes {files.Folder}: this is a folder. Name a CSV file.", files.Run(files.Options with { Votes = files.Folder }).Problem);
        Assert.StartsWith("Give either --pictures FILE", files.Run(files.Options with { Pictures = null }).Problem);
        Assert.StartsWith("Give either --pictures FILE", files.Run(files.Options with { Images = files.Folder }).Problem);
        Assert.StartsWith("--images nowhere: there is no such folder.", files.Run(files.Options with { Pictures = null, Images = "nowhere", FeaturesOf = _ => new([], []) }).Problem);
        Assert.StartsWith("--at 10,-1: give one or more whole numbers", files.Run(files.Options with { At = [10, -1] }).Problem);
        Assert.StartsWith($"--report {files.Folder}: no file can be written there.", files.Run(files.Options with { Report = files.Folder }).Problem);
        Assert.StartsWith("--report nowhere/report.json: no file can be written there.", files.Run(files.Options with { Report = "nowhere/report.json" }).Problem);
        Assert.Equal("", files.Printed);
    }

    [Theory]
    [InlineData("person,left,right,choice\nann,a,b,\u001b[2J\u001b]0;title\a\n", "votes.csv, line 2: the choice \"\\u001B[2J\\u001B]0;title\\u0007\" is unknown.")]
    [InlineData("person,left,right,choice\nann,a,\u009b31m,left\n", "votes.csv, line 2: the picture \"\\u009B31m\" has no features.")]
    [InlineData("person,left,right,choice\nann,a,\"x\r\ny\",left\n", "votes.csv, line 2: the picture \"x\\u000D\\u000Ay\" has no features.")]
    [InlineData("person,left,right,choice\nann,a,\u202Ecba,left\n", "votes.csv, line 2: the picture \"\\u202Ecba\" has no features.")]
    [InlineData("person,left,right,ch\u001boice\n", "votes.csv, line 1: there is no column \"choice\" among person, left, right, ch\\u001Boice.")]
    public void Control_characters_of_a_file_are_shown_and_never_sent_to_the_terminal(string votes, string problem)
    {
        using var files = new Files(votes, Pictures);

        Assert.StartsWith(problem, files.Run().Problem);
    }

    [Fact]
    public void Control_characters_of_a_column_that_is_left_out_are_shown_too()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 12, votes: 30, features: 3);
        using var files = new Files(voters.VotesCsv(), string.Concat(voters.PicturesCsv().TrimEnd().Split('\n').Select((line, row) => row == 0 ? $"{line},fl\u001bat\n" : $"{line},7.1\n")));

        files.Report(files.Options with { At = [5] });

        Assert.Contains("Left out, the same for all pictures: fl\\u001Bat", files.Printed);
        Assert.DoesNotContain('\u001b', files.Printed);
    }

    [Fact]
    public void Too_few_votes_are_reported_with_their_number()
    {
        using var files = new Files(Votes, Pictures);
        var none = HoldOut.TryParse("0.1", out var share) ? share : null;

        Assert.Equal(
            "--at 10: no person has enough votes. The largest number of votes of one person, without those held out (--test 0.2), is 2. Give a smaller number, hold out less, or collect more votes.",
            files.Run().Problem);
        Assert.StartsWith("--test 0.1: no person has enough votes to hold any out.", files.Run(files.Options with { Test = none! }).Problem);
        Assert.StartsWith("--new-pictures: no vote is between two of the", files.Run(files.Options with { NewPictures = true, Test = none! }).Problem);
    }

    [Fact]
    public void Report_is_the_same_for_all_notations_of_a_file()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 12, votes: 30, features: 3, tieOdds: 0.3);
        using var plain = new Files(voters.VotesCsv(), voters.PicturesCsv());
        using var odd = new Files("", "");
        var rows = voters.Rows.Select(row => $"\r\n \"{row.Choice.ToUpperInvariant()}\" ,picture{row.Right},\"picture{row.Left}\",person{row.Person},\"a, \"\"quoted\"\"\r\nremark\"");
        File.WriteAllText(odd.Votes, $"CHOICE,Right,Left,Person,remark{string.Concat(rows)}\r\n\r\n,,,,\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(odd.Pictures, voters.PicturesCsv(), Encoding.Unicode);

        var expected = plain.Report(plain.Options with { At = [5, 10] }).ToJson();

        Assert.Equal(expected, odd.Report(odd.Options with { At = [5, 10] }).ToJson());
    }

    [Fact]
    public void Names_with_commas_quotes_and_other_alphabets_are_names()
    {
        var votes = string.Concat(Enumerable.Range(0, 20).Select(row => $"\"Zoë, \"\"Z\"\"\",\"Sonne, \"\"rot\"\"\",海,{(row % 3 == 0 ? "left" : "right")}\n" + "\"Zoë, \"\"Z\"\"\",海,木,left\n"));
        using var files = new Files("person,left,right,choice\n" + votes, "picture,bright\n\"Sonne, \"\"rot\"\"\",1\n海,2\n木,4\n");

        // All of one pair's rows are held out or none is: one person, some of whose rows are learnt from.
        var outcome = files.Run(files.Options with { At = [1], Test = AccuracyTests.Measured.Share("1") });

        Assert.Null(outcome.Problem);
        Assert.Equal(1, outcome.Report!.Counts.People);
    }

    [Fact]
    public void Feature_that_is_the_same_everywhere_is_left_out_and_named()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 12, votes: 30, features: 3);
        using var plain = new Files(voters.VotesCsv(), voters.PicturesCsv());
        using var more = new Files(voters.VotesCsv(), string.Concat(voters.PicturesCsv().TrimEnd().Split('\n').Select((line, row) => row == 0 ? $"{line},flat\n" : $"{line},7.1\n")));

        var report = more.Report(more.Options with { At = [5] });

        Assert.Equal(["flat"], report.Counts.ConstantFeatures);
        Assert.Contains("Left out, the same for all pictures: flat", more.Printed);
        Assert.Equal(plain.Report(plain.Options with { At = [5] }).Communities[0].Rounds[0].Methods, report.Communities[0].Rounds[0].Methods);
    }

    [Fact]
    public void Features_of_a_folder_are_computed_by_the_given_function()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 12, votes: 30, features: 3);
        using var files = new Files(voters.VotesCsv(), "");
        var asked = "";

        var report = files.Report(files.Options with
        {
            At = [5],
            Pictures = null,
            Images = files.Folder,
            FeaturesOf = folder =>
            {
                asked = folder;
                return new(["bright", "soft"], [.. Enumerable.Range(0, 12).Select(picture => ($"picture{picture}", (float[])[picture, picture % 5]))]);
            },
        });

        Assert.Equal(files.Folder, asked);
        Assert.Equal(2, report.Counts.Features);
    }

    [Fact]
    public void Folder_that_cannot_be_measured_is_reported()
    {
        using var files = new Files(Votes, "");
        var options = files.Options with { Pictures = null, Images = files.Folder };

        Assert.EndsWith("broken.png is no picture.", files.Run(options with { FeaturesOf = _ => throw new InvalidDataException("broken.png is no picture.") }).Problem);
        Assert.Contains("the picture \"b\" has 2 features where others have 1", files.Run(options with { FeaturesOf = _ => new(["bright"], [("a", [1]), ("b", [1, 2])]) }).Problem);
        Assert.Contains("or one that is not a finite number", files.Run(options with { FeaturesOf = _ => new(["bright"], [("a", [1]), ("b", [float.NaN])]) }).Problem);
    }
}
