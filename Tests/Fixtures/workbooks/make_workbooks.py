"""Makes the workbooks of this folder: make_workbooks.py FOLDER. README.md says with which versions it was run."""

import datetime
import pathlib
import subprocess
import sys

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

DAY = datetime.date(2026, 1, 2)
MOMENT = datetime.datetime(2026, 1, 2, 14, 30)


def openpyxl_workbook(path):
    book = openpyxl.Workbook()
    sales = book.active
    sales.title = "Sales"
    call = CellRichText("Call ", TextBlock(InlineFont(b=True), "Zoe"), " today")
    sales.append(["Account", "Day", "Amount", "Paid", "Share", "Note"])
    sales.append(["Globex Corporation", DAY, 1234.56, True, 0.125, call])
    sales.append(["Café “Été” & fils", MOMENT, -0.1, False, 1, "two\nlines"])
    sales.append(["00123", datetime.time(14, 30), 1e20, None, None, " spaced "])
    sales.append([None, datetime.timedelta(hours=36), 1e-7, "#N/A", "#DIV/0!", None])
    for cell in ("D5", "E5"):
        sales[cell].data_type = "e"
    for cell in ("E2", "E3"):
        sales[cell].number_format = "0.0%"
    sales["C2"].number_format = '#,##0.00\\ "€ days"'
    sales["A8"] = "after a gap"
    sales["H8"] = "wide"
    sales["I8"].font = openpyxl.styles.Font(b=True)
    sales["A9"] = "=C2*2"
    sales.merge_cells("A10:C10")
    sales["A10"] = "merged"
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden one")
    hidden.sheet_state = "hidden"
    hidden["B2"] = 7
    book.create_chartsheet("Chart")
    days = book.create_sheet("Été 2026")
    days["A1"] = datetime.date(1900, 1, 1)
    days["B1"] = datetime.date(9999, 12, 31)
    days["C1"] = 36526.5
    days["C1"].number_format = "[$-40C]d mmmm yyyy;@"
    book.save(path)


def openpyxl_from_1904(path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "Mac"
    book.active.append([DAY, MOMENT, datetime.time(6, 0)])
    book.save(path)


def openpyxl_iso(path):
    book = openpyxl.Workbook()
    book.iso_dates = True
    book.active.title = "ISO"
    book.active.append([DAY, MOMENT, datetime.time(6, 0), datetime.datetime(2026, 1, 2)])
    book.save(path)


def xlsxwriter_workbook(path, options):
    book = xlsxwriter.Workbook(path, options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": 22})
    bold = book.add_format({"bold": True})
    euro = book.add_format({"num_format": '[Red]#,##0.00 [$€-40C];"none"'})
    elapsed = book.add_format({"num_format": "[h]:mm"})
    data = book.add_worksheet("Données")
    data.write_row(0, 0, ["Compte", "Jour", "Montant", "Payé", "Durée"])
    data.write_string(1, 0, "Globex")
    data.write_datetime(1, 1, datetime.datetime(2026, 1, 2), day)
    data.write_number(1, 2, 1234.5600000000001, euro)
    data.write_boolean(1, 3, True)
    data.write_number(1, 4, 1.5, elapsed)
    data.write_rich_string(2, 0, "Dear ", bold, "Ana", ", hello")
    data.write_datetime(2, 1, datetime.datetime(2026, 1, 2, 23, 59, 59, 600000), moment)
    data.write_number(2, 2, 0.1 + 0.2)
    data.write_boolean(2, 3, False)
    data.write_formula(2, 4, "=1/0", None, "#DIV/0!")
    data.write_string(3, 0, "0612")
    data.write_formula(3, 1, '=A2&"!"', None, "Globex!")
    data.write_formula(3, 2, "=C2*2", None, 2469.12)
    data.write_string(3, 3, "a\r\nb _x0041_ c\x01d")
    data.write_blank(3, 6, None, bold)
    data.merge_range("A6:B6", "merged", bold)
    second = book.add_worksheet("Second")
    second.write(0, 0, "x")
    second.write(1048575, 16383, "last")
    book.add_worksheet("Secret").hide()
    book.close()


FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="N2"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style>
<number:time-style style:name="N3"><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>
<number:boolean-style style:name="N5"><number:boolean/></number:boolean-style>
<number:percentage-style style:name="N4"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="d" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="m" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="t" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="p" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="o" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Clients">
<table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Since</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Revenue</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Globex</text:p></table:table-cell><table:table-cell table:style-name="d" office:value-type="date" office:date-value="2026-01-02"/><table:table-cell office:value-type="float" office:value="1234.56"/></table:table-row>
<table:table-row table:number-rows-repeated="2"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Dear <text:span text:style-name="b">Ana</text:span>, hello</text:p></table:table-cell><table:table-cell table:style-name="m" office:value-type="date" office:date-value="2026-01-02T14:30:00"/><table:table-cell table:style-name="p" office:value-type="percentage" office:value="0.125"/></table:table-row>
<table:table-row><table:table-cell table:style-name="o" office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:style-name="t" office:value-type="time" office:time-value="PT14H30M00S"/><table:table-cell table:formula="of:=[.C2]*2" office:value-type="float" office:value="2469.12"/></table:table-row>
<table:table-row><table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"/><table:table-cell table:formula="of:=NA()" office:value-type="float" office:value="0"/><table:table-cell table:formula="of:=[.A2]&amp;&quot;!&quot;" office:value-type="string" office:string-value="Globex!"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>first line</text:p><text:p>second line</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>007</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="100000000000000000000"/></table:table-row>
</table:table>
<table:table table:name="Deuxième"><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="0.1"/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>
"""


def libreoffice_workbook(folder):
    source = folder / "libreoffice.fods"
    source.write_text(FODS)
    command = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", folder, source]
    subprocess.run(command, check=True)
    source.unlink()


def main():
    folder = pathlib.Path(sys.argv[1])
    openpyxl_workbook(folder / "openpyxl.xlsx")
    openpyxl_from_1904(folder / "openpyxl-1904.xlsx")
    openpyxl_iso(folder / "openpyxl-iso.xlsx")
    xlsxwriter_workbook(str(folder / "xlsxwriter.xlsx"), {})
    xlsxwriter_workbook(str(folder / "xlsxwriter-inline.xlsx"), {"constant_memory": True})
    libreoffice_workbook(folder)


main()
