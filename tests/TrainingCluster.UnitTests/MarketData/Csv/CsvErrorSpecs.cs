using System.Text;
using TrainingCluster.MarketData.Csv;
using TrainingCluster.MarketData.Series;

namespace TrainingCluster.UnitTests.MarketData.Csv;

public sealed class CsvErrorSpecs
{
    private const string Header = "date,open,high,low,close,volume\n";

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-folder", "bars.csv");

        var error = Assert.Throws<BarDataException>(() => CsvBarReader.Read(path));

        Assert.Equal($"The bars cannot be used: {path}: does not exist; check the path", error.Message);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        var path = AppContext.BaseDirectory;

        var error = Assert.Throws<BarDataException>(() => CsvBarReader.Read(path));

        Assert.Equal(
            $"The bars cannot be used: {path}: is a folder; name a file of bars in it", error.Message);
    }

    [Theory]
    [InlineData("", "is empty; it must hold a header and bars")]
    [InlineData(" \n\n", "is empty; it must hold a header and bars")]
    [InlineData(Header, "has a header but no bars below it")]
    [InlineData("date,open,high,low,close\r2000-01-03,1,1,1,1\r",
        "ends its lines with CR alone; save it with LF or CR LF")]
    [InlineData("PK\u0003\u0004\0\0", "is a binary file; it must be text with a header and bars")]
    public void A_file_without_bars_says_what_it_is(string content, string rule)
    {
        Assert.Equal($"The bars cannot be used: bars/ABC.csv: {rule}", TextFile.ErrorOf(content));
    }

    [Fact]
    public void Utf_16_is_recognised()
    {
        Assert.Equal(
            "The bars cannot be used: bars/ABC.csv: is UTF-16 text; save it as UTF-8",
            TextFile.ErrorOf([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Header)]));
    }

    [Fact]
    public void A_cut_off_gzip_file_is_recognised()
    {
        var whole = TextFile.Gzip(Header + string.Concat(Enumerable.Range(0, 999).Select(day =>
            $"{day * 86400},{1 + day * day % 97},200,0.5,{1 + day * day % 89},7\n")));

        Assert.Equal(
            "The bars cannot be used: bars/ABC.csv: is a damaged or incomplete gzip file; fetch it again",
            TextFile.ErrorOf(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void A_header_that_lacks_columns_is_compared_with_what_is_needed()
    {
        Assert.Equal(
            "The bars cannot be used: bars/ABC.csv, line 1: the header lacks date (or timestamp, time, "
            + "datetime), high; it has 'day', 'open', 'low', 'close'",
            TextFile.ErrorOf("day,open,low,close\n2000-01-03,1,1,1\n"));
    }

    [Fact]
    public void Numbers_are_no_header()
    {
        Assert.Equal(
            "The bars cannot be used: bars/ABC.csv, line 1: the header lacks date (or timestamp, time, "
            + "datetime), open, high, low, close; it has '2000-01-03', '1', '2', '0.5', '1.5'",
            TextFile.ErrorOf("2000-01-03,1,2,0.5,1.5\n"));
    }

    [Fact]
    public void Two_columns_with_one_meaning_are_refused()
    {
        Assert.Equal(
            """
            The bars cannot be used (2 violations):
              bars/ABC.csv, line 1: the header has 'Date' and 'Time', which all mean time; keep one
              bars/ABC.csv, line 1, column 'vix': must appear once in the header
            """,
            TextFile.ErrorOf("Date,Time,open,high,low,close,vix,VIX\n2000-01-03,09:30,1,1,1,1,1,1\n"));
    }

    [Fact]
    public void All_violations_of_a_file_are_listed_by_line()
    {
        var error = TextFile.ErrorOf(
            """
            Date,Open,High,Low,Close,Volume,VIX
            2000-01-03,1,1,1,1,1,10
            03.01.2000,1,1,1,1,1,10
            2000-01-05,1,1,1
            2000-01-06,1,abc,1,"1,234.5",1,10
            2000-01-07,1,1,NaN,0,1,10
            2000-01-08,-1,1,1,1,-5,high
            2000-01-08,1,1,1,1,1,10
            2000-01-04,1,1,1,1,1,10
            2000-01-09,"1,1,1,1,1,10
            2000-13-01,1,1,1,,1,10
            """);

        Assert.Equal(
            """
            The bars cannot be used (14 violations):
              bars/ABC.csv, line 3, column 'Date', value '03.01.2000': must be a date such as 2000-01-31, a moment such as 2000-01-31T09:30:00Z, or a Unix time in seconds or milliseconds
              bars/ABC.csv, line 4, value '2000-01-05,1,1,1': must have as many fields as the header, 7, but has 4
              bars/ABC.csv, line 5, column 'High', value 'abc': must be a number such as 1234.5, with a point and without thousands separators
              bars/ABC.csv, line 5, column 'Close', value '1,234.5': must be a number such as 1234.5, with a point and without thousands separators
              bars/ABC.csv, line 6, column 'Low', value 'NaN': must be a finite price; drop or repair the bar
              bars/ABC.csv, line 6, column 'Close', value '0': must be above zero; drop or repair the bar
              bars/ABC.csv, line 7, column 'VIX', value 'high': must be a number like the column's other values, or empty
              bars/ABC.csv, line 7, column 'Open', value '-1': must be above zero; drop or repair the bar
              bars/ABC.csv, line 7, column 'Volume', value '-5': must be finite and not negative; use 0 for none
              bars/ABC.csv, line 8, column 'Date', value '2000-01-08': must be later than the stamp before it, but repeats it; keep one bar a stamp
              bars/ABC.csv, line 9, column 'Date', value '2000-01-04': must be later than the stamp before it, 2000-01-08; sort the bars by time
              bars/ABC.csv, line 10, value '2000-01-09,"1,1,1,1,1,10': must close every quote it opens, at the end of a field
              bars/ABC.csv, line 11, column 'Date', value '2000-13-01': must be a date such as 2000-01-31, a moment such as 2000-01-31T09:30:00Z, or a Unix time in seconds or milliseconds
              bars/ABC.csv, line 11, column 'Close', value '': must be a number such as 1234.5, with a point and without thousands separators
            """,
            error);
    }

    [Fact]
    public void A_thousand_bad_lines_are_counted_but_not_shown()
    {
        var error = Assert.Throws<BarDataException>(() => TextFile.Read(
            Header + string.Concat(Enumerable.Range(0, 3000).Select(_ => "2000-01-03,x,1,1,1,1\n"))));

        Assert.Equal(3000, error.Total);
        Assert.Equal(20, error.Violations.Length);
        Assert.Equal(2, error.Violations[0].Line);
        Assert.EndsWith("\n  and 2980 more", error.Message);
    }

    [Fact]
    public void A_line_without_end_is_no_line_of_bars()
    {
        Assert.Equal(
            "The bars cannot be used: bars/ABC.csv, line 2: must be no longer than 65536 bytes; "
            + "this is no file of bars",
            TextFile.ErrorOf(Header + new string('7', 3_000_000)));
    }
}
